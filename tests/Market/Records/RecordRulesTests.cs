using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Tests.Records;

public sealed class RecordRulesTests
{
    public static TheoryData<string, RecordErrorCode> Broken => new(
        BrokenRecords.Select(broken => (broken.Name, broken.Code)));

    private static IEnumerable<(string Name, RecordErrorCode Code, MarketRecord Record)> BrokenRecords =>
    [
        ("no rows", RecordErrorCode.RowCountOutOfRange, Samples.Telemetry()),
        ("rows never set", RecordErrorCode.RowCountOutOfRange, new DayAheadBid(Samples.Aggregation, default)),
        ("65,536 rows", RecordErrorCode.RowCountOutOfRange, TooManyRows()),
        ("a missing row", RecordErrorCode.ValueMissing, Samples.Telemetry((TelemetryRow)null!)),
        ("a missing resource", RecordErrorCode.ValueMissing, Samples.Telemetry(new MeterReading(default, 0))),
        ("a missing aggregation", RecordErrorCode.ValueMissing, new DispatchInstruction(default, [Samples.DispatchOf(0)])),
        ("the same resource twice", RecordErrorCode.RowsNotInOrder, Samples.Telemetry(Samples.Battery, Samples.Battery)),
        ("battery before air conditioner", RecordErrorCode.RowsNotInOrder, Samples.Telemetry(Samples.Battery, Samples.AirConditioner)),
        ("the same block twice", RecordErrorCode.RowsNotInOrder, new DayAheadBid(Samples.Aggregation, [Samples.Bid, Samples.Bid])),
        ("a start before 1970", RecordErrorCode.IntervalOutOfRange, Dispatched(Samples.DispatchOf(0) with { Interval = new(-1, 300) })),
        ("an empty interval", RecordErrorCode.IntervalOutOfRange, Dispatched(Samples.DispatchOf(0) with { Interval = new(0, 0) })),
        ("a dispatch of ten minutes", RecordErrorCode.IntervalLengthWrong, Dispatched(Samples.DispatchOf(0) with { Interval = new(0, 600) })),
        ("an hourly award in the fifteen-minute market", RecordErrorCode.IntervalLengthWrong,
            new FifteenMinuteAward(Samples.Aggregation, [Samples.Award(3600)])),
        ("block 0", RecordErrorCode.ValueOutOfRange, new DayAheadBid(Samples.Aggregation, [Samples.Bid with { Block = 0 }])),
        ("a bid below the floor", RecordErrorCode.ValueOutOfRange,
            new DayAheadBid(Samples.Aggregation, [Samples.Bid with { EnergyPriceMicroUsdPerMWh = -150_000_001 }])),
        ("a negative price of reserve", RecordErrorCode.ValueOutOfRange,
            new DayAheadAward(Samples.Aggregation, [Samples.Award(3600) with { SpinPriceMicroUsdPerMWh = -1 }])),
        ("a negative request", RecordErrorCode.ValueOutOfRange, new ReserveActivation(Samples.Aggregation, new("A"), Samples.Hour, -1)),
        ("a reference load in a day-ahead bid", RecordErrorCode.ValueNotAllowed,
            new DayAheadBid(Samples.Aggregation, [Samples.Bid with { ReferenceLoadQuantityW = 1 }])),
        ("inverted limits of charge", RecordErrorCode.LimitsInverted, Samples.Telemetry(Samples.Battery with { SocMinPpm = 950_000 })),
        ("inverted comfort", RecordErrorCode.LimitsInverted, Samples.Telemetry(Samples.AirConditioner with { ComfortUpperMilliC = 20_000 })),
        ("beta of one", RecordErrorCode.ValueOutOfRange, Samples.Telemetry(Samples.AirConditioner with { BetaPpm = 1_000_000 })),
        ("a state of charge above one", RecordErrorCode.ValueOutOfRange, Samples.Telemetry(Samples.Battery with { SocPpm = 1_000_001 })),
        ("a fourth mode", RecordErrorCode.EnumerationUnknown, Samples.Telemetry(Samples.Battery with { Mode = (StorageMode)3 })),
        ("a vehicle that has no capacity", RecordErrorCode.ValueOutOfRange,
            Samples.Telemetry(Samples.Station with { Vehicle = Samples.Vehicle with { CapacityWh = 0 } })),
        ("an unknown quality", RecordErrorCode.EnumerationUnknown,
            new Telemetry(Samples.Dispatch, 1, 0, (TelemetryQuality)4, [new MeterReading(new("M"), 0)])),
        ("charging with positive power", RecordErrorCode.ModeDisagreesWithPower, Commanded(1, StorageMode.Charge)),
        ("discharging with negative power", RecordErrorCode.ModeDisagreesWithPower, Commanded(-1, StorageMode.Discharge)),
        ("idle with power", RecordErrorCode.ModeDisagreesWithPower, Commanded(1, StorageMode.Idle)),
        ("an activation without its id", RecordErrorCode.ActivationDisagreesWithReason,
            Samples.Command(ControlReason.ReserveActivation, null, new AirConditionerSetpoint(new("AC"), 20_000))),
        ("an id without an activation", RecordErrorCode.ActivationDisagreesWithReason,
            Samples.Command(ControlReason.Scheduled, "A", new AirConditionerSetpoint(new("AC"), 20_000))),
        ("a set point of 36 degrees", RecordErrorCode.ValueOutOfRange,
            Samples.Command(ControlReason.Scheduled, null, new AirConditionerSetpoint(new("AC"), 36_000))),
        ("a device without prosumer", RecordErrorCode.ValueNotAllowed,
            new ParticipantRegistration([new(Samples.Prosumer, new("P"), ParticipantRole.Device, null)])),
        ("parameters of another kind", RecordErrorCode.ValueNotAllowed,
            new ResourceRegistration([new(new("B"), ResourceKind.Battery, Samples.Prosumer, 1, Parameters: new MeterParameters(1))])),
        ("registered limits that are inverted", RecordErrorCode.LimitsInverted,
            new ResourceRegistration(
                [new(new("B"), ResourceKind.Battery, Samples.Prosumer, 1, Parameters: new BatteryParameters(1, 950_000, 500_000, 500_000, 1, 1))])),
        ("a version 0", RecordErrorCode.ValueOutOfRange, new ResourceRegistration([new(new("B"), ResourceKind.Battery, Samples.Prosumer, 1, 0)])),
        ("a correction of a registration", RecordErrorCode.ValueNotAllowed,
            new Correction(default, 1, CorrectionReason.Revision, new ParticipantRegistration([new(Samples.Prosumer, new("P"), ParticipantRole.Auditor, null)]))),
        ("a correction of what breaks a rule", RecordErrorCode.RowCountOutOfRange, new Correction(default, 1, CorrectionReason.Revision, Samples.Telemetry())),
        ("a correction without number", RecordErrorCode.ValueOutOfRange, new Correction(default, 0, CorrectionReason.Revision, Samples.FullTelemetry)),
        ("a batch of nothing", RecordErrorCode.ValueOutOfRange, new TelemetryBatch(Samples.Aggregation, Samples.Dispatch, default, 0)),
        ("a commitment to a registration", RecordErrorCode.ValueNotAllowed, new RecordCommitment(RecordKind.ParticipantRegistration, default, 1)),
        ("a wrapped key of another length", RecordErrorCode.ValueOutOfRange,
            new SealedRecord(RecordKind.DayAheadBid, new byte[33], [new(Samples.Prosumer, new byte[47])], new byte[12], new byte[16])),
        ("a sealed record for nobody", RecordErrorCode.RowCountOutOfRange,
            new SealedRecord(RecordKind.DayAheadBid, new byte[33], [], new byte[12], new byte[16])),
        ("an attestation of a pass", RecordErrorCode.EnumerationUnknown,
            new Attestation(new(0, 1, Samples.Hour, 1, default), [new(default, new("B"), QualityCheck.Ramp, QualityVerdict.Pass, 0, 0, QualityUnit.Watts, [])])),
        ("a second version that supersedes nothing", RecordErrorCode.ValueNotAllowed,
            new StatementIssue(new(Samples.Aggregation, Samples.Hour, 2, null), default, 1, 0, [new(SettlementLine.NoPay, 0)])),
        ("an event charge that pays", RecordErrorCode.ValueOutOfRange, new Allocation(Samples.Aggregation, Samples.Hour, default, default, new(0, 0, 1, 0, 0))),
        ("an auditor with aggregator", RecordErrorCode.ValueNotAllowed,
            new ParticipantRegistration([new(Samples.Prosumer, new("P"), ParticipantRole.Auditor, Samples.Aggregator)])),
        ("role 0", RecordErrorCode.EnumerationUnknown, new ParticipantRegistration([new(Samples.Prosumer, new("P"), 0, null)])),
        ("an unknown resource kind", RecordErrorCode.EnumerationUnknown,
            new ResourceRegistration([new(new("X"), (ResourceKind)6, Samples.Prosumer, 0)])),
    ];

    [Fact]
    public void A_valid_record_of_every_kind_breaks_no_rule() =>
        Assert.All(Samples.All, record => Assert.Null(RecordRules.Check(record)));

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_record_is_named_by_its_rule(string name, RecordErrorCode code)
    {
        RecordError? error = RecordRules.Check(BrokenRecords.Single(broken => broken.Name == name).Record);

        Assert.Equal(code, error?.Code);
        Assert.EndsWith(".", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_of_records_is_broken_by_some_record() =>
        Assert.Equal(
            Enum.GetValues<RecordErrorCode>().Where(code => code >= RecordErrorCode.RowCountOutOfRange),
            BrokenRecords.Select(broken => broken.Code).Distinct().Order());

    [Fact]
    public void A_message_names_row_field_and_value()
    {
        RecordError? error = RecordRules.Check(Samples.Telemetry(Samples.AirConditioner, Samples.Battery with { SocPpm = 1_000_001 }));

        Assert.Equal("Row 1: SocPpm 1000001 is not between 0 and 1000000.", error?.Message);
    }

    [Fact]
    public void Implausible_readings_break_no_rule() =>
        Assert.Null(RecordRules.Check(Samples.Telemetry(
            Samples.Battery with { Mode = StorageMode.Discharge },
            Samples.Station with { Vehicle = null })));

    [Theory]
    [InlineData(0, StorageMode.Charge)]
    [InlineData(0, StorageMode.Discharge)]
    [InlineData(0, StorageMode.Idle)]
    [InlineData(-1, StorageMode.Charge)]
    [InlineData(1, StorageMode.Discharge)]
    public void A_mode_agrees_with_the_sign_of_its_power_and_with_zero(long powerW, StorageMode mode) =>
        Assert.Null(RecordRules.Check(Commanded(powerW, mode)));

    private static DispatchInstruction Dispatched(DispatchRow row) => new(Samples.Aggregation, [row]);

    private static ControlCommand Commanded(long powerW, StorageMode mode) =>
        Samples.Command(ControlReason.Scheduled, null, new BatterySetpoint(new("B"), powerW, mode));

    private static Telemetry TooManyRows() =>
        new(Samples.Dispatch, 1, 0, TelemetryQuality.Good, [.. Enumerable.Repeat<TelemetryRow>(Samples.Battery, RecordRules.MaxRows + 1)]);
}

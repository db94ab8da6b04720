using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Tests.Records;

/// <summary>One valid record of each kind, with every optional field once set and once null.</summary>
internal static class Samples
{
    public const long Noon = 1_626_375_600;

    public static readonly AggregationId Aggregation = new("AGG-1");
    public static readonly Address SystemOperator = AddressOf(1);
    public static readonly Address Aggregator = AddressOf(2);
    public static readonly Address Prosumer = AddressOf(3);

    public static Address AddressOf(byte number)
    {
        var bytes = new byte[Address.Length];
        bytes[^1] = number;
        return Address.FromBytes(bytes);
    }

    public static MarketInterval Hour => new(Noon, MarketInterval.HourSeconds);

    public static MarketInterval Dispatch => new(Noon, MarketInterval.DispatchSeconds);

    public static BidBlock Bid => new(Hour, 1, -5_000_000, -447_000, 4_000_000, 1_290_000, 500_000, null);

    public static AwardRow Award(int durationSeconds) => new(new(Noon, durationSeconds), 42_000_000, -447_000, 4_000_000, 1_290_000);

    public static DispatchRow DispatchOf(long energyW) => new(Dispatch, -1, energyW, 0, 0);

    public static AirConditionerReading AirConditioner => new(
        new("R001-AC"), 2_500, 2_000, 979_382, 300, 5_600, 20_000, 25_000, 35_000, 24_400, 2_400, true);

    public static BatteryReading Battery => new(
        new("R001-BESS"), 13_500, 950_000, 100_000, 950_000, 5_000, 5_000, 600_000, -1_200, StorageMode.Charge);

    public static VehicleState Vehicle => new(7, 60_000, 930_000, 450_000, 1_000_000, 620_000, Noon + 7_200, null);

    public static ChargingStationReading Station => new(new("R001-EV1"), 7_200, 7_200, -3_600, StorageMode.Charge, Vehicle);

    public static Telemetry Telemetry(params TelemetryRow[] rows) => new(Dispatch, 145, Noon + 301, TelemetryQuality.Good, [.. rows]);

    public static Hash256 HashOf(byte number)
    {
        var bytes = new byte[Hash256.Length];
        bytes[0] = number;
        return Hash256.FromBytes(bytes);
    }

    public static Telemetry CompactTelemetry => Telemetry(
        new CompactAirConditionerReading(new("R001-AC"), 1, 20_000, 25_000, 35_000, 24_400, 2_400, true),
        new CompactBatteryReading(new("R001-BESS"), 2, 600_000, -1_200, StorageMode.Charge),
        new CompactChargingStationReading(new("R001-EV1"), 1, -3_600, StorageMode.Charge, Vehicle),
        new CompactChargingStationReading(new("R001-EV2"), 1, 0, StorageMode.Idle, null));

    public static Telemetry FullTelemetry => Telemetry(
        new MeterReading(new("R001-METER"), -2_345),
        new SolarReading(new("R001-PV"), 4_321, null),
        AirConditioner,
        Battery,
        Station,
        Station with { Resource = new("R001-EV2"), PowerW = 0, Mode = StorageMode.Idle, Vehicle = null });

    public static ControlCommand Command(ControlReason reason, string? activation, params ControlRow[] rows) =>
        new(Dispatch, reason, activation is null ? null : new ActivationId(activation), [.. rows]);

    public static ImmutableArray<MarketRecord> All =>
    [
        new DayAheadBid(Aggregation, [Bid, Bid with { Block = 2 }]),
        new RealTimeBid(Aggregation, [Bid with { LoadQuantityW = null, ReferenceLoadQuantityW = 100 }]),
        new DayAheadAward(Aggregation, [Award(MarketInterval.HourSeconds)]),
        new FifteenMinuteAward(Aggregation, [Award(MarketInterval.CommitmentSeconds)]),
        new DispatchInstruction(Aggregation, [DispatchOf(-450_123)]),
        Command(ControlReason.ReserveActivation, "SR-1",
            new AirConditionerSetpoint(new("R001-AC"), 24_500),
            new BatterySetpoint(new("R001-BESS"), 5_000, StorageMode.Discharge),
            new ChargingStationSetpoint(new("R001-EV1"), 0, StorageMode.Idle)),
        FullTelemetry,
        new ReserveActivation(Aggregation, new("SR-1"), new(Noon + 120, 1_800), 1_290_000),
        new ParticipantRegistration(
        [
            new(Aggregator, new("AGG"), ParticipantRole.Aggregator, null),
            new(Prosumer, new("R001"), ParticipantRole.Prosumer, Aggregator),
            new(Prosumer, new("R001"), ParticipantRole.Prosumer, null, Noon, IsRevoked: true),
        ]),
        new ResourceRegistration(
        [
            new(new("R001-AC"), ResourceKind.AirConditioner, Prosumer, 5_600, Parameters: new AirConditionerParameters(2_500, 2_000, 979_382, 300, 5_600)),
            new(new("R001-BESS"), ResourceKind.Battery, Prosumer, 5_000),
            new(new("R001-BESS"), ResourceKind.Battery, Prosumer, 5_000, 2, Noon, false, new BatteryParameters(13_500, 950_000, 100_000, 950_000, 5_000, 5_000)),
            new(new("R001-EV1"), ResourceKind.ChargingStation, Prosumer, 7_200, Parameters: new ChargingStationParameters(7_200, 7_200)),
            new(new("R001-METER"), ResourceKind.Meter, Prosumer, 0, Parameters: new MeterParameters(10_000)),
        ]),
        new Correction(HashOf(1), 1, CorrectionReason.EstimateReplaced, CompactTelemetry),
        new TelemetryBatch(Aggregation, Dispatch, HashOf(2), 200),
        new RecordCommitment(RecordKind.Telemetry, HashOf(3), 6),
        new SealedRecord(
            RecordKind.DayAheadBid, new byte[SealedRecord.EphemeralKeyLength], [new(SystemOperator, new byte[SealedKey.WrappedLength])],
            new byte[SealedRecord.NonceLength], new byte[300]),
        new QualityRuleSet(1, [new(QualityParameter.IntervalSeconds, 600)]),
        new Attestation(
            new(1, 145, new(Noon, 86_400), 57_600, HashOf(4)),
            [
                new(HashOf(5), new("R001-BESS"), QualityCheck.StateOfChargeContinuity, QualityVerdict.Fail, 51_500, 37_407, QualityUnit.PartsPerMillion, [HashOf(6)]),
                new(HashOf(5), new("R001-METER"), QualityCheck.SiteBalance, QualityVerdict.Warn, -120, 100, QualityUnit.Watts, []),
            ]),
        new StatementIssue(
            new(Aggregation, new(Noon, 86_400), 2, HashOf(7)), HashOf(8), 1_800, -1_987,
            [new(SettlementLine.DayAheadEnergy, -24_000_000), new(SettlementLine.NoPay, -62_700)]),
        new Allocation(Aggregation, new(Noon, 86_400), HashOf(7), Prosumer, new(4_320_000, 552_285, -18_250, 0, 54)),
        new PaymentAcknowledgement(HashOf(9), 54),
    ];
}

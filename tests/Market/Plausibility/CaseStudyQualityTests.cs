using DerChain.Market.Ledger;
using DerChain.Market.Plausibility;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;
using static DerChain.Market.Records.QualityCheck;
using static DerChain.Market.Records.QualityVerdict;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>The case study's readings obey physics, and one that does not is found (docs/spec/market.md, 3).</summary>
public sealed class CaseStudyQualityTests
{
    private const int Noon = 144;

    private static readonly Lazy<JudgedDay> SmallDay =
        new(static () => JudgedDay.Of(new CaseStudyOptions { Prosumers = 20, Activations = false, CloudFront = false }));

    // Readings that were not evaluated, and that passed, of Q01 to Q19. Of 262,368 readings of the quiet day and 309,740 of the other:
    // a first reading has none before it, a station without a vehicle no state of charge, and a panel no night by day.
    private static readonly (long NotEvaluated, long Pass)[] QuietDay =
    [
        (0, 262_368), (0, 262_368), (0, 262_368), (0, 262_368), (911, 261_457), (0, 262_368), (0, 102_240), (0, 102_240), (47_903, 54_337),
        (48_252, 53_988), (26_832, 18_096), (0, 44_928), (200, 57_400), (0, 57_600), (0, 262_368), (47_903, 54_337), (0, 102_528), (0, 0), (703, 101_537),
    ];

    private static readonly (long NotEvaluated, long Pass)[] DisturbedDay =
    [
        (0, 309_740), (0, 309_740), (0, 309_740), (0, 309_740), (911, 308_829), (0, 309_740), (0, 120_700), (0, 120_700), (57_127, 63_573),
        (57_476, 63_224), (31_200, 21_840), (0, 53_040), (200, 67_800), (0, 68_000), (0, 309_740), (57_127, 63_573), (0, 121_040), (0, 0), (703, 119_997),
    ];

    public static TheoryData<string, int, QualityCheck, QualityVerdict> Faults => new()
    {
        { "meter exports 50 kW more", Noon, SiteBalance, Fail },
        { "meter imports 101 kW more", Noon, SiteBalance, Warn },
        { "panels give power at night", 12, SolarAtNight, Fail },
        { "panels give power at night", 12, SolarCeiling, Fail },
        { "panels give half more", Noon, SolarCeiling, Fail },
        { "panels give nothing", Noon, PeerOutlier, Fail },
        { "outdoor sensor is 7 degrees off", Noon, AirConditionerPower, Warn },
        { "outdoor sensor is 7 degrees off", Noon, PeerOutlier, Fail },
        { "room is a degree off", Noon, ThermalModel, Warn },
        { "room is three degrees off", Noon, ThermalModel, Fail },
        { "air conditioner draws a fifth more than it can", Noon, AirConditionerPower, Fail },
        { "battery has a tenth more", Noon, StateOfChargeContinuity, Fail },
        { "battery is all but empty", Noon, StateOfChargeBounds, Warn },
        { "battery gives a fifth more than it can", Noon, PowerLimits, Fail },
        { "battery gives half of its rating more than commanded", Noon, CommandFollowing, Warn },
        { "battery says the other direction", Noon, ModeConsistency, Warn },
        { "station charges nobody", Noon, ModeConsistency, Fail },
    };

    [Theory]
    [InlineData(false, "0x2998c24e4a447c6f90d266112184d05a1019c03f43aa7863a3bc70bba9384702")]
    [InlineData(true, "0x0d212a778ec8d682ea7466ffa9276b93afa1f72b86737e44f380ff6d213a7d70")]
    public void A_day_of_the_case_study_has_nothing_against_it(bool isDisturbed, string root)
    {
        JudgedDay day = JudgedDay.Of(new CaseStudyOptions { Activations = isDisturbed, CloudFront = isDisturbed });
        QualityResult result = QualityEvaluation.Run(day.Entries, day.Registry, day.Period);

        Assert.Empty(result.Rows);
        Assert.Equal(isDisturbed ? 68_000 : 57_600, result.Scope.EvaluatedRecords);
        Assert.Equal(isDisturbed ? DisturbedDay : QuietDay, result.Counts.Select(count => (count.NotEvaluated, count.Pass)));
        Assert.Equal(root, result.Scope.VerdictRoot.ToString());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_found(string fault, int interval, QualityCheck check, QualityVerdict verdict)
    {
        JudgedDay day = SmallDay.Value;
        (int index, TelemetryRow broken) = Break(day, fault, interval);
        var telemetry = (Telemetry)day.Entries[index].Record;
        Telemetry altered = new(
            telemetry.Interval,
            telemetry.Sequence,
            telemetry.DeviceTimeUnixSeconds,
            telemetry.Quality,
            [.. telemetry.Rows.Select(row => row.Resource == broken.Resource ? broken : row)]);
        LedgerEntry entry = day.Entries[index] with { Record = altered };
        QualityResult result = QualityEvaluation.Run(day.Entries.SetItem(index, entry), day.Registry, day.Period);

        AttestationRow found = Assert.Single(
            result.Rows, row => row.Record == entry.RecordHash && row.Resource == broken.Resource && row.Check == check);
        Assert.Equal(verdict, found.Verdict);
        Assert.True(result.TryToAttestation(out Attestation? attestation));
        Assert.Equal(result.Rows.Count(static row => row.Verdict == Fail), attestation.Rows.Count(static row => row.Verdict == Fail));
    }

    [Fact]
    public void Too_few_peers_have_no_median()
    {
        JudgedDay day = SmallDay.Value;
        QualityCount[] Counts(long minimum) =>
            [.. QualityEvaluation.Run(day.Entries, day.Registry, day.Period, QualityRulesTests.With((QualityParameter.PeerMinimum, minimum))).Counts];

        Assert.Equal(20 * 288, Counts(20).Single(count => count.Check == PeerOutlier).Pass);
        Assert.Equal(0, Counts(21).Single(count => count.Check == PeerOutlier).Pass);
        Assert.Equal(20 * 288, Counts(21).Single(count => count.Check == AirConditionerPower).Pass);
    }

    [Theory]
    [InlineData(600, 0)]
    [InlineData(601, 1)]
    public void A_reading_that_comes_after_its_interval_is_complete_has_no_peers(int secondsLate, int withoutPeers)
    {
        JudgedDay day = SmallDay.Value;
        LedgerEntry last = day.Entries[^1];
        LedgerEntry late = last with
        {
            Location = last.Location with { BlockUnixSeconds = ((Telemetry)last.Record).Interval.EndUnixSeconds + secondsLate },
        };
        QualityResult result = QualityEvaluation.Run(day.Entries.SetItem(day.Entries.Length - 1, late), day.Registry, day.Period);
        int compared = ((Telemetry)last.Record).Rows.Count(row => row.ResourceKind is ResourceKind.AirConditioner or ResourceKind.Solar);

        Assert.Equal(withoutPeers * compared, result.Counts.Single(count => count.Check == PeerOutlier).NotEvaluated);
        Assert.Equal(20 * 288, result.Counts.Single(count => count.Check == AirConditionerPower).Pass);
        Assert.Equal(withoutPeers, result.Rows.Select(static row => row.Check).Distinct().Count(static check => check == Freshness));
    }

    private static (int Index, TelemetryRow Broken) Break(JudgedDay day, string fault, int interval)
    {
        long start = day.Day.DispatchIntervals[interval].StartUnixSeconds;
        for (int index = 0; index < day.Entries.Length; index++)
            if (day.Entries[index].Record is Telemetry telemetry && telemetry.Interval.StartUnixSeconds == start)
                foreach (TelemetryRow row in telemetry.Rows)
                    if (Break(row, fault) is { } broken)
                        return (index, broken);

        throw new InvalidOperationException($"No device can have the fault '{fault}'.");
    }

    private static TelemetryRow? Break(TelemetryRow row, string fault) => (fault, row) switch
    {
        ("meter exports 50 kW more", MeterReading meter) => meter with { NetPowerW = meter.NetPowerW + 50_000 },
        ("meter imports 101 kW more", MeterReading meter) => meter with { NetPowerW = meter.NetPowerW - 101_000 },
        ("panels give power at night", SolarReading solar) => solar with { PowerW = 1_000 },
        ("panels give half more", SolarReading solar) => solar with { PowerW = solar.PowerW * 3 / 2 },
        ("panels give nothing", SolarReading solar) => solar with { PowerW = 0 },
        ("outdoor sensor is 7 degrees off", AirConditionerReading ac) => ac with { AmbientMilliC = ac.AmbientMilliC + 7_000 },
        ("room is a degree off", AirConditionerReading ac) => ac with { IndoorMilliC = ac.IndoorMilliC + 1_000 },
        ("room is three degrees off", AirConditionerReading ac) => ac with { IndoorMilliC = ac.IndoorMilliC - 3_000 },
        ("air conditioner draws a fifth more than it can", AirConditionerReading ac) => ac with { ElectricPowerW = ac.MaxElectricPowerW * 6 / 5 },
        ("battery has a tenth more", BatteryReading battery) => battery with { SocPpm = battery.SocPpm + 100_000 },
        ("battery is all but empty", BatteryReading battery) => battery with { SocPpm = 70_000 },
        ("battery gives a fifth more than it can", BatteryReading battery) => battery with { PowerW = battery.MaxDischargeW * 6 / 5 },
        ("battery gives half of its rating more than commanded", BatteryReading battery) => battery with { PowerW = battery.PowerW + (battery.MaxDischargeW / 2) },
        ("battery says the other direction", BatteryReading { PowerW: < -100 } battery) => battery with { Mode = StorageMode.Discharge },
        ("station charges nobody", ChargingStationReading { Vehicle: null } station) => station with { PowerW = -101 },
        _ => null,
    };
}

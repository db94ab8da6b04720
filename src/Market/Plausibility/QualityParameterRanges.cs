using System.Collections.Immutable;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>Default and range of one parameter of the checks.</summary>
internal readonly record struct QualityParameterRange(QualityParameter Parameter, long Default, long Min, long Max);

/// <summary>Defaults and ranges of all parameters of the checks, by their number (docs/spec/market.md, 3).</summary>
internal static class QualityParameterRanges
{
    public static readonly ImmutableArray<QualityParameterRange> All =
    [
        new(QualityParameter.IntervalSeconds, 300, 60, 3_600),
        new(QualityParameter.ShortestIntervalSeconds, 10, 1, 3_600),
        new(QualityParameter.AlignmentToleranceSeconds, 5, 0, 3_600),
        new(QualityParameter.FreshnessWarnSeconds, 600, 0, 86_400),
        new(QualityParameter.FreshnessFailSeconds, 259_200, 0, 31_536_000),
        new(QualityParameter.FutureSeconds, 30, 0, 86_400),
        new(QualityParameter.ClockSkewWarnSeconds, 60, 0, 86_400),
        new(QualityParameter.ClockSkewFailSeconds, 300, 0, 86_400),
        new(QualityParameter.LookbackSeconds, 86_400, 0, 604_800),
        new(QualityParameter.ReplayMeasuredValues, 4, 1, 1_000),
        new(QualityParameter.StuckWarnIntervals, 12, 1, 100_000),
        new(QualityParameter.StuckFailIntervals, 36, 1, 100_000),
        new(QualityParameter.StuckSolarElevationMilliDegrees, 5_000, -90_000, 90_000),
        new(QualityParameter.PowerWarnPpm, 50_000, 0, 10_000_000),
        new(QualityParameter.PowerFailPpm, 150_000, 0, 10_000_000),
        new(QualityParameter.PowerFloorW, 50, 0, 1_000_000),
        new(QualityParameter.ModePowerW, 50, 0, 1_000_000),
        new(QualityParameter.IdlePowerW, 100, 0, 1_000_000),
        new(QualityParameter.StateOfChargeBoundPpm, 20_000, 0, 1_000_000),
        new(QualityParameter.StateOfChargeBasePpm, 10_000, 0, 1_000_000),
        new(QualityParameter.StateOfChargeEnergyPpm, 100_000, 0, 10_000_000),
        new(QualityParameter.StateOfChargeFailFactor, 3, 1, 1_000),
        new(QualityParameter.LeastEfficiencyPpm, 850_000, 500_000, 1_000_000),
        new(QualityParameter.MostEfficiencyPpm, 1_000_000, 500_000, 1_000_000),
        new(QualityParameter.LatitudeMicroDegrees, 34_050_000, -90_000_000, 90_000_000),
        new(QualityParameter.LongitudeMicroDegrees, -118_250_000, -180_000_000, 180_000_000),
        new(QualityParameter.NightElevationMilliDegrees, -1_000, -90_000, 90_000),
        new(QualityParameter.NightPowerW, 20, 0, 1_000_000),
        new(QualityParameter.NightWarnPpm, 5_000, 0, 1_000_000),
        new(QualityParameter.NightFailPpm, 20_000, 0, 1_000_000),
        new(QualityParameter.SolarPerformancePpm, 840_000, 1, 2_000_000),
        new(QualityParameter.SolarNameplatePpm, 1_050_000, 0, 10_000_000),
        new(QualityParameter.SolarClearSkyPpm, 1_300_000, 0, 10_000_000),
        new(QualityParameter.SolarMeanSeconds, 900, 60, 86_400),
        new(QualityParameter.SolarMeanPpm, 1_100_000, 0, 10_000_000),
        new(QualityParameter.SolarMeanAllowancePpm, 20_000, 0, 1_000_000),
        new(QualityParameter.ThermalWarnMilliC, 750, 0, 100_000),
        new(QualityParameter.ThermalMeanWarnMilliC, 400, 0, 100_000),
        new(QualityParameter.ThermalFailMilliC, 2_500, 0, 100_000),
        new(QualityParameter.ThermalMeanWeightPpm, 300_000, 1, 1_000_000),
        new(QualityParameter.ThermalBiasMilliC, 0, -100_000, 100_000),
        new(QualityParameter.AirConditionerWarnPpm, 50_000, 0, 10_000_000),
        new(QualityParameter.AirConditionerFailPpm, 150_000, 0, 10_000_000),
        new(QualityParameter.AirConditionerOffPpm, 30_000, 0, 1_000_000),
        new(QualityParameter.AmbientDifferenceMilliC, 6_000, 0, 100_000),
        new(QualityParameter.SiteToleranceW, 100, 0, 1_000_000_000),
        new(QualityParameter.SiteTolerancePpm, 30_000, 0, 1_000_000),
        new(QualityParameter.SiteFailPpm, 100_000, 0, 1_000_000),
        new(QualityParameter.SiteLoadMaxW, 100_000, 0, 100_000_000_000),
        new(QualityParameter.CommandTolerancePpm, 50_000, 0, 1_000_000),
        new(QualityParameter.CommandToleranceW, 100, 0, 1_000_000_000),
        new(QualityParameter.CommandSettleIntervals, 2, 0, 1_000),
        new(QualityParameter.PeerWarnFactor, 4, 1, 1_000),
        new(QualityParameter.PeerFailFactor, 8, 1, 1_000),
        new(QualityParameter.PeerMinimum, 5, 2, 1_000_000),
        new(QualityParameter.PeerScalePpm, 10_000, 0, 1_000_000),
        new(QualityParameter.PeerAmbientMilliC, 200, 1, 100_000),
        new(QualityParameter.PeerSolarPpm, 1_000, 1, 1_000_000),
        new(QualityParameter.AggregateWarnPpm, 10_000, 0, 1_000_000),
        new(QualityParameter.AggregateFailPpm, 50_000, 0, 1_000_000),
        new(QualityParameter.AggregateFloorW, 1_000, 0, 1_000_000_000),
        new(QualityParameter.RampPpmPerMinute, 1_000_000, 1, 1_000_000_000),
    ];

    /// <summary>Parameters of which the first may not be above the second.</summary>
    public static readonly ImmutableArray<(QualityParameter Lower, QualityParameter Upper)> Ordered =
    [
        (QualityParameter.ShortestIntervalSeconds, QualityParameter.IntervalSeconds),
        (QualityParameter.FreshnessWarnSeconds, QualityParameter.FreshnessFailSeconds),
        (QualityParameter.ClockSkewWarnSeconds, QualityParameter.ClockSkewFailSeconds),
        (QualityParameter.StuckWarnIntervals, QualityParameter.StuckFailIntervals),
        (QualityParameter.PowerWarnPpm, QualityParameter.PowerFailPpm),
        (QualityParameter.LeastEfficiencyPpm, QualityParameter.MostEfficiencyPpm),
        (QualityParameter.NightWarnPpm, QualityParameter.NightFailPpm),
        (QualityParameter.ThermalWarnMilliC, QualityParameter.ThermalFailMilliC),
        (QualityParameter.AirConditionerWarnPpm, QualityParameter.AirConditionerFailPpm),
        (QualityParameter.SiteTolerancePpm, QualityParameter.SiteFailPpm),
        (QualityParameter.PeerWarnFactor, QualityParameter.PeerFailFactor),
        (QualityParameter.AggregateWarnPpm, QualityParameter.AggregateFailPpm),
    ];
}

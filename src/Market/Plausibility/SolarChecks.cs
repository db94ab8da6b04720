using DerChain.Market.Records;
using static DerChain.Market.Records.QualityParameter;

namespace DerChain.Market.Plausibility;

/// <summary>The checks of solar panels (docs/spec/market.md, 3, Q11 and Q12).</summary>
internal static class SolarChecks
{
    /// <summary>Q11: power at night.</summary>
    public static QualityFinding AtNight(long powerW, long nameplateW, SunPosition sun, QualityRules rules) =>
        sun.IsNight
            ? QualityFinding.Above(
                powerW,
                Twilight(nameplateW, rules),
                Math.Max(rules[NightPowerW], QualityRules.Part(nameplateW, rules[NightFailPpm])),
                QualityUnit.Watts)
            : default;

    /// <summary>Q12: power above nameplate and clear sky.</summary>
    public static QualityFinding Ceiling(long powerW, long nameplateW, SunPosition sun, QualityRules rules)
    {
        long clear = QualityRules.Part(ClearSky(nameplateW, sun), rules[SolarClearSkyPpm]);
        long ceiling = Math.Min(QualityRules.Part(nameplateW, rules[SolarNameplatePpm]), Math.Max(clear, Twilight(nameplateW, rules)));
        return QualityFinding.AboveFails(powerW, ceiling, QualityUnit.Watts);
    }

    /// <summary>Q12: mean power of a quarter of an hour above that of a clear sky.</summary>
    public static QualityFinding MeanCeiling(long meanW, long meanClearSkyW, long nameplateW, QualityRules rules) => QualityFinding.AboveFails(
        meanW,
        QualityRules.Part(meanClearSkyW, rules[SolarMeanPpm]) + QualityRules.Part(nameplateW, rules[SolarMeanAllowancePpm]),
        QualityUnit.Watts);

    /// <summary>Power under a clear sky, watts.</summary>
    public static long ClearSky(long nameplateW, SunPosition sun) => QualityRules.Part(nameplateW, sun.ClearSkyPpm);

    // Before sunrise and after sunset the sky is bright, and the model of a clear sky gives nothing.
    private static long Twilight(long nameplateW, QualityRules rules) =>
        Math.Max(rules[NightPowerW], QualityRules.Part(nameplateW, rules[NightWarnPpm]));
}

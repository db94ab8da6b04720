using DerChain.Market.Records;
using DerChain.Market.Scenario;
using static DerChain.Market.Records.QualityParameter;

namespace DerChain.Market.Plausibility;

/// <summary>The checks of air conditioners (docs/spec/market.md, 3, Q13 and Q14).</summary>
internal static class AirConditionerChecks
{
    private const double Thousand = 1e3;
    private const double MicroPerMilli = 1e3;

    /// <summary>How far the indoor temperature is from what the thermal model makes of the reading before, millionths of a degree Celsius.</summary>
    /// <param name="before">The reading before, whose interval ends where this one starts.</param>
    /// <param name="durationSeconds">Length of that interval.</param>
    /// <param name="now">This reading.</param>
    /// <param name="rules">The rules.</param>
    public static long ResidualMicroC(AirConditionerReading before, int durationSeconds, AirConditionerReading now, QualityRules rules)
    {
        double beta = Beta(before, durationSeconds);
        double cooling = before.CopMilli / Thousand * (before.ThermalResistanceMilliCPerKw / Thousand) * before.ElectricPowerW;
        double expected = (beta * before.IndoorMilliC) + ((1.0 - beta) * (before.AmbientMilliC - cooling));
        double bias = (double)rules[ThermalBiasMilliC] * durationSeconds / rules[IntervalSeconds];
        return (long)Math.Round((now.IndoorMilliC - expected - bias) * MicroPerMilli, MidpointRounding.AwayFromZero);
    }

    /// <summary>The moving mean of the residual, with the last one in it.</summary>
    public static long MovingMean(long mean, long residual, QualityRules rules) => mean + QualityRules.Part(residual - mean, rules[ThermalMeanWeightPpm]);

    /// <summary>Q13: residual and moving mean against their limits.</summary>
    public static QualityFinding ThermalModel(long residualMicroC, long meanMicroC, QualityRules rules)
    {
        (long residual, long mean) = (ToMilli(residualMicroC), ToMilli(meanMicroC));
        QualityFinding single = QualityFinding.Above(
            Math.Abs(residual), rules[ThermalWarnMilliC], rules[ThermalFailMilliC], QualityUnit.MilliCelsius);
        QualityFinding moving = QualityFinding.AboveWarns(Math.Abs(mean), rules[ThermalMeanWarnMilliC], QualityUnit.MilliCelsius);
        return moving.Verdict > single.Verdict ? moving with { Residual = mean } : single with { Residual = residual };
    }

    /// <summary>Q14: power above the rating, or of a unit that is off.</summary>
    public static QualityFinding Power(AirConditionerReading ac, QualityRules rules)
    {
        long rating = ac.MaxElectricPowerW;
        QualityFinding rated = QualityFinding.Above(
            ac.ElectricPowerW - rating,
            QualityRules.Part(rating, rules[AirConditionerWarnPpm]),
            QualityRules.Part(rating, rules[AirConditionerFailPpm]),
            QualityUnit.Watts);
        return ac.IsOn
            ? rated
            : QualityFinding.Worse(
                QualityFinding.AboveWarns(ac.ElectricPowerW, QualityRules.Part(rating, rules[AirConditionerOffPpm]), QualityUnit.Watts), rated);
    }

    /// <summary>Q14: outdoor temperature against the median of the fleet.</summary>
    public static QualityFinding Ambient(long ambientMilliC, long medianMilliC, QualityRules rules) =>
        QualityFinding.AboveWarns(Math.Abs(ambientMilliC - medianMilliC), rules[AmbientDifferenceMilliC], QualityUnit.MilliCelsius);

    private static double Beta(AirConditionerReading ac, int seconds)
    {
        double beta = (double)ac.BetaPpm / RecordRules.OneInPpm;
        return seconds == ac.BetaIntervalSeconds
            ? beta
            : DeterministicMath.Exp(DeterministicMath.Log(beta) * seconds / ac.BetaIntervalSeconds);
    }

    private static long ToMilli(long micro) => (long)Math.Round(micro / MicroPerMilli, MidpointRounding.AwayFromZero);
}

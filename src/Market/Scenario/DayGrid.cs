namespace DerChain.Market.Scenario;

/// <summary>The scenario's day: 24 hours of twelve five-minute steps.</summary>
internal static class DayGrid
{
    public const int Hours = 24;
    public const int StepsPerHour = 12;
    public const int StepsPerQuarterHour = 3;
    public const int Steps = Hours * StepsPerHour;

    /// <summary>Length of a step in hours.</summary>
    public const double StepHours = 1.0 / StepsPerHour;

    /// <summary>How long reserve must last, in hours (the D of docs/spec/market.md, 2.3), and in steps.</summary>
    public const double SustainHours = 0.5;
    public const int SustainSteps = 6;

    /// <summary>Middle of a step, in hours of local time: formulas of the time of day are taken there.</summary>
    public static double Midpoint(int step) => (step + 0.5) * StepHours;

    public static int HourOf(int step) => step / StepsPerHour;
}

namespace DerChain.Market.Scenario;

/// <summary>From the simulation's <c>double</c> to the scaled integers of the records: the one place where the scenario rounds, half away
/// from zero.</summary>
internal static class ScaledInteger
{
    /// <summary>Thousandths: watts of kilowatts, watt-hours of kilowatt-hours, m°C of °C.</summary>
    public static long Thousandths(double value) => Round(value * 1e3);

    /// <summary>Thousandths that fit a record's 32-bit field.</summary>
    public static int SmallThousandths(double value) => (int)Thousandths(value);

    /// <summary>Parts per million of a fraction.</summary>
    public static int PartsPerMillion(double fraction) => (int)Round(fraction * 1e6);

    /// <summary>Micro-dollars of dollars.</summary>
    public static long Micros(double dollars) => Round(dollars * 1e6);

    /// <summary>Watts of a computed number of watts.</summary>
    public static long Watts(double value) => Round(value);

    private static long Round(double value) => (long)Math.Round(value, MidpointRounding.AwayFromZero);
}

using System.Globalization;

namespace DerChain.Cli.Report;

/// <summary>Numbers in a report's text. They are rounded half to even, and never written as a negative zero.</summary>
internal static class Numbers
{
    /// <summary>The culture of everything a report prints.</summary>
    public static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>Power or energy in whole units, as in 1,290.</summary>
    public static string Whole(double value) => Rounded(value, 0).ToString("#,0", Culture);

    /// <summary>With a number of decimals, as in 1.30.</summary>
    public static string Fixed(double value, int decimals) => Rounded(value, decimals).ToString("N" + decimals.ToString(Culture), Culture);

    /// <summary>A share of a whole in percent, as in 11.8 %; 0 % where the whole is nothing.</summary>
    public static string Percent(double part, double whole) => $"{Fixed(whole == 0 ? 0 : 100 * part / whole, 1)} %";

    /// <summary>A count, as in 127,001.</summary>
    public static string Count(long value) => value.ToString("#,0", Culture);

    /// <summary>Dollars and cents, as in -12.34.</summary>
    public static string Usd(decimal value) => Rounded(value, 2).ToString("#,0.00", Culture);

    /// <summary>A measured value as an exact decimal.</summary>
    public static decimal Rounded(double value, int decimals) => Rounded((decimal)value, decimals);

    /// <summary>A decimal of no more than a number of decimals.</summary>
    public static decimal Rounded(decimal value, int decimals)
    {
        decimal rounded = decimal.Round(value, decimals, MidpointRounding.ToEven);
        return rounded == 0 ? 0 : rounded;
    }
}

using DerChain.Cli.Report;
using DerChain.Market.Settlement;

namespace DerChain.Cli.Statement;

/// <summary>Numbers of a statement's texts. Money is rounded half away from zero, as what is payable is.</summary>
internal static class StatementNumbers
{
    private const decimal WattSecondsPerMWh = 3_600_000_000;

    /// <summary>Dollars with six decimals, as in -24.000000.</summary>
    public static string Usd(SettlementAmount amount) => (amount.MicroUsd / 1_000_000m).ToString("#,0.000000", Numbers.Culture);

    /// <summary>Cents in dollars, as in -19.87.</summary>
    public static string Cents(long cents) => (cents / 100m).ToString("#,0.00", Numbers.Culture);

    /// <summary>Energy in MWh, or reserve in MW·h, with six decimals.</summary>
    public static string MWh(decimal wattSeconds) => Numbers.Rounded(wattSeconds / WattSecondsPerMWh, 6).ToString("#,0.000000", Numbers.Culture);

    /// <summary>Watts in kW with three decimals.</summary>
    public static string Kw(long watts) => (watts / 1_000m).ToString("#,0.000", Numbers.Culture);
}

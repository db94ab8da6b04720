using DerChain.Market.Records;

namespace DerChain.Cli.Statement;

/// <summary>The lines of a settlement in words (docs/spec/market.md, 2.6).</summary>
internal static class LineText
{
    /// <summary>The line's short name, as in A1.</summary>
    public static string Code(SettlementLine line) => TextOf(line).Code;

    /// <summary>What the line pays.</summary>
    public static string Name(SettlementLine line) => TextOf(line).Name;

    private static (string Code, string Name) TextOf(SettlementLine line) => line switch
    {
        SettlementLine.DayAheadEnergy => ("A1", "Energy, day-ahead market"),
        SettlementLine.FifteenMinuteEnergy => ("A2", "Energy, change in the fifteen-minute market"),
        SettlementLine.DispatchedEnergy => ("A3", "Energy, change in the five-minute dispatch"),
        SettlementLine.UninstructedEnergy => ("A4", "Energy, uninstructed"),
        SettlementLine.DayAheadSpin => ("B1", "Spinning reserve, day-ahead market"),
        SettlementLine.FifteenMinuteSpin => ("B2", "Spinning reserve, fifteen-minute market"),
        SettlementLine.NoPay => ("C", "No-Pay: reserve that was not shown"),
        SettlementLine.Deployment => ("D", "Spinning reserve, deployed"),
        SettlementLine.EventCharge => ("E1", "Event charge: reserve that was called and not delivered"),
        SettlementLine.RetroactiveCharge => ("E2", "Retroactive charge: what that forfeits of earlier intervals"),
        _ => throw new ArgumentOutOfRangeException(nameof(line), line, "No such line."),
    };
}

using System.Collections.Immutable;
using DerChain.Cli.Report;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Cli.Statement;

/// <summary>The tables of a statement: totals by line, hours, what changed since the version before, and the division among prosumers.</summary>
internal static class StatementTables
{
    private static readonly ImmutableArray<(string Name, SettlementLine[] Lines)> Groups =
    [
        ("Energy, $",
        [
            SettlementLine.DayAheadEnergy, SettlementLine.FifteenMinuteEnergy, SettlementLine.DispatchedEnergy, SettlementLine.UninstructedEnergy,
        ]),
        ("Reserve, $", [SettlementLine.DayAheadSpin, SettlementLine.FifteenMinuteSpin]),
        ("Deployed, $", [SettlementLine.Deployment]),
        ("No-Pay and charges, $", [SettlementLine.NoPay, SettlementLine.EventCharge, SettlementLine.RetroactiveCharge]),
    ];

    /// <summary>The tables that there is something to show in.</summary>
    public static IEnumerable<StatementTable> Of(StatementDocument document)
    {
        yield return Totals(document);
        yield return Hours(document);
        if (document.Earlier is { } earlier) yield return Changes(document, earlier);
        if (document.Allocation is { } allocation) yield return Shares(document, allocation);
    }

    private static StatementTable Totals(StatementDocument document)
    {
        SettlementStatement statement = document.Statement;
        ILookup<SettlementLine, StatementLine> lines = statement.Lines.ToLookup(static line => line.Line);
        return new StatementTable(
            "totals",
            "By line",
            "Energy in MWh, + injection; reserve in MW·h, negative where its payment is taken back.",
            [Text("Line"), Text("What is paid"), Number("Quantity"), Number("$")],
            [
                .. statement.Totals.Select(total => Row(
                    LineText.Code(total.Line),
                    LineText.Name(total.Line),
                    StatementNumbers.MWh(lines[total.Line].Sum(static line => (decimal)line.QuantityWattSeconds)),
                    document.Usd(total.Amount))),
                Row("Total", "", "", document.Usd(statement.Total)),
                Row("Payable", "", "", document.PayableUsd),
            ],
            TotalRows: 2);
    }

    private static StatementTable Hours(StatementDocument document)
    {
        var clock = new LocalClock(document.Day);
        return new StatementTable(
            "hours",
            "By hour",
            "An amount belongs to the hour in which its interval starts.",
            [Text("Hour ending"), Text("Time"), .. Groups.Select(static group => Number(group.Name)), Number("Total, $")],
            [.. document.Day.Hours.Select((hour, index) => Hour(document, hour, index + 1, clock.Span(hour)))],
            TotalRows: 0);
    }

    private static ImmutableArray<string> Hour(StatementDocument document, MarketInterval hour, int number, string time)
    {
        StatementLine[] lines = [.. document.Statement.Lines.Where(line => hour.Contains(line.Interval.StartUnixSeconds))];
        return
        [
            number.ToString(Numbers.Culture),
            time,
            .. Groups.Select(group => document.Usd(Sum(lines.Where(line => group.Lines.Contains(line.Line))))),
            document.Usd(Sum(lines)),
        ];
    }

    private static StatementTable Changes(StatementDocument document, SettlementStatement earlier)
    {
        ImmutableArray<StatementDelta> changes = document.Statement.ChangesSince(earlier);
        var clock = new LocalClock(document.Day);
        return new StatementTable(
            "changes",
            $"Changes since version {earlier.Subject.Version}",
            "Amounts that differ, in dollars.",
            [Text("Line"), Text("What is paid"), Text("Interval"), Number("Before"), Number("Now"), Number("Change")],
            [
                .. changes.Select(delta => Row(
                    LineText.Code(delta.Line),
                    LineText.Name(delta.Line),
                    clock.Span(delta.Interval),
                    document.Usd(delta.Before),
                    document.Usd(delta.After),
                    document.Usd(delta.Change))),
                Row("Total", "", "", document.Usd(earlier.Total), document.Usd(document.Statement.Total), document.Usd(document.Statement.Total - earlier.Total)),
            ],
            TotalRows: 1);
    }

    // What a prosumer is due is no charge to the aggregator: it keeps its sign in every convention.
    private static StatementTable Shares(StatementDocument document, StatementAllocation allocation) => new(
        "prosumers",
        "By prosumer",
        $"{RuleText(allocation.Rule)} {document.Aggregator} keeps {StatementNumbers.Usd(allocation.Fee)} $ of the reserve payment. + is paid to the prosumer.",
        [
            Text("Prosumer"), Text("Account"), Number("Verified reserve, MW·h"), Number("Called, kW"), Number("Delivered, kW"), Number("Reserve, $"),
            Number("Charges, $"), Number("Energy, $"), Number("Payable, $"),
        ],
        [
            .. allocation.Shares.Select(static share => Row(
                share.Contribution.Name.Value,
                share.Contribution.Prosumer.ToString(),
                StatementNumbers.MWh(share.Contribution.VerifiedReserveWattSeconds),
                StatementNumbers.Kw(share.Contribution.CommittedW),
                StatementNumbers.Kw(share.Contribution.DeliveredW),
                StatementNumbers.Usd(share.Spin),
                StatementNumbers.Usd(share.EventCharge),
                StatementNumbers.Usd(share.Energy),
                StatementNumbers.Cents(share.PayableCents))),
            Row("Total", "", "", "", "", "", "", "", StatementNumbers.Cents(allocation.PayableCents)),
        ],
        TotalRows: 1);

    private static string RuleText(AllocationRule rule) => rule switch
    {
        AllocationRule.VerifiedContribution => "The reserve payment is divided by the reserve that each one's devices showed.",
        AllocationRule.ProRataCapacity => "The reserve payment is divided by registered capacity.",
        AllocationRule.Custom => "The reserve payment is divided by agreed weights.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No such rule."),
    };

    private static SettlementAmount Sum(IEnumerable<StatementLine> lines) => SettlementAmount.Sum(lines.Select(static line => line.Amount));

    private static ImmutableArray<string> Row(params string[] cells) => [.. cells];

    private static StatementColumn Text(string name) => new(name, IsNumber: false);

    private static StatementColumn Number(string name) => new(name, IsNumber: true);
}

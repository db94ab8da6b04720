using System.Collections.Immutable;
using DerChain.Cli.Report;
using DerChain.Market.Quantities;
using DerChain.Market.Settlement;

namespace DerChain.Cli.Statement;

/// <summary>What a statement's texts are written from.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Day">Its trading day, which gives hours their numbers and clocks.</param>
/// <param name="SystemOperator">Who issues it.</param>
/// <param name="Aggregator">Whom it is for.</param>
internal sealed record StatementDocument(SettlementStatement Statement, TradingDay Day, ParticipantId SystemOperator, ParticipantId Aggregator)
{
    /// <summary>The division among prosumers, or null where the reader is not to see it.</summary>
    public StatementAllocation? Allocation { get; init; }

    /// <summary>The version that this one supersedes, or null.</summary>
    public SettlementStatement? Earlier { get; init; }

    /// <summary>What a positive amount means in the texts.</summary>
    public SignConvention Sign { get; init; } = SignConvention.PositiveIsPayment;

    /// <summary>Title of the texts.</summary>
    public string Title => $"Settlement statement: {Statement.Subject.Aggregation} on {Date}, version {Statement.Subject.Version}";

    /// <summary>The trading date.</summary>
    public string Date => Day.Date.ToString("yyyy-MM-dd", Numbers.Culture);

    /// <summary>Who pays whom how much, in one sentence.</summary>
    public string Verdict => Statement.PayableCents switch
    {
        > 0 => $"{SystemOperator} pays {StatementNumbers.Cents(Statement.PayableCents)} $ to {Aggregator}.",
        < 0 => $"{Aggregator} pays {StatementNumbers.Cents(-Statement.PayableCents)} $ to {SystemOperator}.",
        _ => $"{SystemOperator} and {Aggregator} owe each other nothing.",
    };

    /// <summary>What stands behind the numbers, by name.</summary>
    public ImmutableArray<(string Name, string Value)> Facts =>
    [
        ("Aggregation", Statement.Subject.Aggregation.Value),
        ("Trading day", $"{Date}, {Day.TimeZone}"),
        ("Version", Statement.Subject.Version.ToString(Numbers.Culture)),
        ("Supersedes", Statement.Subject.Supersedes?.ToString() ?? "none"),
        ("Lines", Numbers.Count(Statement.Lines.Length)),
        ("Merkle root over the lines", Statement.Root.ToString()),
        ("Sign", Sign == SignConvention.PositiveIsCharge
            ? "a positive amount is charged to the aggregator, a negative one paid to it"
            : "a positive amount is paid to the aggregator, a negative one charged to it"),
        ("Rounding", "once, on the payable sum: to cents, half a cent away from zero; other amounts are rounded for print only"),
    ];

    /// <summary>An amount with the sign of the texts, in dollars with six decimals.</summary>
    public string Usd(SettlementAmount amount) => StatementNumbers.Usd(amount.By(Sign));

    /// <summary>Cents of the statement with the sign of the texts, in dollars.</summary>
    public string PayableUsd => StatementNumbers.Cents(Sign == SignConvention.PositiveIsCharge ? -Statement.PayableCents : Statement.PayableCents);
}

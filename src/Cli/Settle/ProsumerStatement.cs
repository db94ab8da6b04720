using System.Text;
using DerChain.Cli.Report;
using DerChain.Cli.Statement;
using DerChain.Market.Quantities;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;
using DerChain.Settlement;

namespace DerChain.Cli.Settle;

/// <summary>One prosumer's statement as Markdown: what its devices showed, what it was called for and gave, and what it is due. Nothing of others is in it.</summary>
internal static class ProsumerStatement
{
    /// <summary>The text, each line ended by a line feed.</summary>
    /// <param name="settled">The day.</param>
    /// <param name="share">The prosumer's part.</param>
    /// <param name="day">The trading day.</param>
    public static string Of(SettledDay settled, AllocatedShare share, TradingDay day)
    {
        var clock = new LocalClock(day);
        ProsumerContribution contribution = share.Contribution;
        var text = new StringBuilder();
        text.Append($"# Settlement of {StatementMarkdown.Escaped(contribution.Name.Value)}, {day.Date.ToString("yyyy-MM-dd", Numbers.Culture)}, version {settled.Statement.Subject.Version}\n\n");
        text.Append($"**Due: {StatementNumbers.Cents(share.PayableCents)} $** (positive: paid to the prosumer)\n\n");
        text.Append($"- Account: {contribution.Prosumer}\n- Aggregation: {StatementMarkdown.Escaped(settled.Result.Aggregation.Value)}\n");
        text.Append($"- Statement: {settled.Issued?.Hash.ToString() ?? "not issued"}\n\n");
        text.Append("| Part | Quantity | $ |\n| --- | ---: | ---: |\n");
        text.Append($"| Reserve shown | {StatementNumbers.MWh(contribution.VerifiedReserveWattSeconds)} MW·h | {StatementNumbers.Usd(share.Spin)} |\n");
        text.Append($"| Charges for reserve called and not delivered | {StatementNumbers.Kw(contribution.ShortfallW)} kW | {StatementNumbers.Usd(share.EventCharge)} |\n");
        text.Append($"| Share of uninstructed energy | | {StatementNumbers.Usd(share.Energy)} |\n");
        AppendActivations(text, settled, contribution, clock);
        return text.ToString();
    }

    private static void AppendActivations(StringBuilder text, SettledDay settled, ProsumerContribution contribution, LocalClock clock)
    {
        foreach (ActivationResult activation in settled.Result.Activations)
        {
            if (activation.Trace?.Prosumers.FirstOrDefault(response => response.Prosumer == contribution.Prosumer) is not { } response) continue;
            text.Append($"\n## Activation {StatementMarkdown.Escaped(activation.Activation.Value)}, {clock.Span(activation.Period)}\n\n");
            text.Append($"Called {StatementNumbers.Kw(response.CommittedW)} kW, delivered {StatementNumbers.Kw(response.DeliveredW)} kW.");
            if (response.IsFlagged) text.Append(" The devices explain the meter badly.");
            text.Append("\n\n| Device | Response, kW | Reading before | Reading after |\n| --- | ---: | --- | --- |\n");
            foreach (ResourceResponse resource in response.Resources)
            {
                decimal kw = Numbers.Rounded(activation.Trace.Watts(resource.ResponseWattSeconds) / 1_000m, 3);
                text.Append($"| {StatementMarkdown.Escaped(resource.Resource.Value)} | {kw.ToString("0.000", Numbers.Culture)} | {resource.Before?.Record.ToString() ?? "none"} | {resource.After?.Record.ToString() ?? "none"} |\n");
            }
        }
    }
}

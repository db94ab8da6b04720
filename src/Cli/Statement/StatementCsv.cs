using System.Text;
using DerChain.Cli.Report;
using DerChain.Market.Quantities;
using DerChain.Market.Settlement;

namespace DerChain.Cli.Statement;

/// <summary>A statement's lines as comma-separated values, exact: amounts in units of which 3,600,000,000,000,000 are a dollar, and beside them in dollars.</summary>
internal static class StatementCsv
{
    private const string Header =
        "line,name,start_utc,duration_seconds,hour,quarter_hour,interval,quantity_watt_seconds,price_micro_usd_per_mwh,amount_units,amount_usd,evidence";

    private const int UsdDecimals = 12;

    /// <summary>The lines with a header, each ended by a line feed; evidence is separated by spaces.</summary>
    public static string Of(StatementDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder(Header).Append('\n');
        foreach (StatementLine line in document.Statement.Lines) text.AppendJoin(',', Columns(document, line)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string> Columns(StatementDocument document, StatementLine line)
    {
        IntervalLabel label = document.Day.LabelOf(line.Interval.StartUnixSeconds);
        SettlementAmount amount = line.Amount.By(document.Sign);
        return
        [
            LineText.Code(line.Line),
            line.Line.ToString(),
            line.Interval.Start.ToString("yyyy-MM-ddTHH:mm:ssZ", Numbers.Culture),
            Whole(line.Interval.DurationSeconds),
            Whole(label.HourEnding),
            Whole(label.QuarterHour),
            Whole(label.DispatchInterval),
            Whole(line.QuantityWattSeconds),
            Whole(line.PriceMicroUsdPerMWh),
            amount.Units.ToString(Numbers.Culture),
            decimal.Round(amount.Usd, UsdDecimals, MidpointRounding.AwayFromZero).ToString("0.000000000000", Numbers.Culture),
            string.Join(' ', line.Evidence),
        ];
    }

    private static string Whole(long value) => value.ToString(Numbers.Culture);
}

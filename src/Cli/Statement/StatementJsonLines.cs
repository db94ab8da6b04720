using System.Buffers;
using System.Text;
using System.Text.Json;
using DerChain.Cli.Report;
using DerChain.Market.Settlement;

namespace DerChain.Cli.Statement;

/// <summary>A statement as JSON Lines: an object a line of text, the statement first, then its lines, then the parts of the prosumers.</summary>
internal static class StatementJsonLines
{
    /// <summary>The text, each line ended by a line feed.</summary>
    public static string Of(StatementDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder();
        Append(text, json => WriteStatement(json, document));
        foreach (StatementLine line in document.Statement.Lines) Append(text, json => WriteLine(json, document, line));
        foreach (AllocatedShare share in document.Allocation?.Shares ?? []) Append(text, json => WriteShare(json, share));
        return text.ToString();
    }

    private static void Append(StringBuilder text, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        text.Append(Encoding.UTF8.GetString(bytes.WrittenSpan)).Append('\n');
    }

    private static void WriteStatement(Utf8JsonWriter json, StatementDocument document)
    {
        SettlementStatement statement = document.Statement;
        json.WriteString("type", "statement");
        json.WriteString("aggregation", statement.Subject.Aggregation.Value);
        json.WriteString("date", document.Date);
        json.WriteString("timeZone", document.Day.TimeZone);
        json.WriteInstant("start", statement.Subject.Period.StartUnixSeconds);
        json.WriteInstant("end", statement.Subject.Period.EndUnixSeconds);
        json.WriteNumber("version", statement.Subject.Version);
        json.WriteString("supersedes", statement.Subject.Supersedes?.ToString());
        json.WriteString("systemOperator", document.SystemOperator.Value);
        json.WriteString("aggregator", document.Aggregator.Value);
        json.WriteString("sign", document.Sign.ToString());
        json.WriteString("root", statement.Root.ToString());
        json.WriteNumber("lineCount", statement.Lines.Length);
        json.WriteStartObject("totalsMicroUsd");
        foreach (LineTotal total in statement.Totals) json.WriteNumber(total.Line.ToString(), total.Amount.By(document.Sign).MicroUsd);
        json.WriteEndObject();
        json.WriteString("totalUnits", statement.Total.By(document.Sign).Units.ToString(Numbers.Culture));
        json.WriteNumber("payableCents", document.Sign == SignConvention.PositiveIsCharge ? -statement.PayableCents : statement.PayableCents);
    }

    // An amount in units may be larger than the numbers that readers of JSON hold exactly: it is text.
    private static void WriteLine(Utf8JsonWriter json, StatementDocument document, StatementLine line)
    {
        json.WriteString("type", "line");
        json.WriteString("line", LineText.Code(line.Line));
        json.WriteString("name", line.Line.ToString());
        json.WriteInstant("start", line.Interval.StartUnixSeconds);
        json.WriteNumber("durationSeconds", line.Interval.DurationSeconds);
        json.WriteNumber("quantityWattSeconds", line.QuantityWattSeconds);
        json.WriteNumber("priceMicroUsdPerMWh", line.PriceMicroUsdPerMWh);
        json.WriteString("amountUnits", line.Amount.By(document.Sign).Units.ToString(Numbers.Culture));
        json.WriteNumber("amountMicroUsd", line.Amount.By(document.Sign).MicroUsd);
        json.WriteStartArray("evidence");
        foreach (Chain.Primitives.Hash256 record in line.Evidence) json.WriteStringValue(record.ToString());
        json.WriteEndArray();
    }

    private static void WriteShare(Utf8JsonWriter json, AllocatedShare share)
    {
        json.WriteString("type", "allocation");
        json.WriteString("prosumer", share.Contribution.Name.Value);
        json.WriteString("account", share.Contribution.Prosumer.ToString());
        json.WriteNumber("verifiedReserveWattSeconds", share.Amounts.VerifiedReserveWattSeconds);
        json.WriteNumber("spinMicroUsd", share.Amounts.SpinMicroUsd);
        json.WriteNumber("eventChargeMicroUsd", share.Amounts.EventChargeMicroUsd);
        json.WriteNumber("energyMicroUsd", share.Amounts.EnergyMicroUsd);
        json.WriteNumber("payableCents", share.PayableCents);
    }
}

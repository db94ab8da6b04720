using System.Text.Encodings.Web;
using System.Text.Json;
using DerChain.Cli.Run;
using DerChain.Market.Scenario;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report;

/// <summary>The report as one JSON document. Units are in the names; traded and actual power count consumption positive, as in the hourly
/// table. Only <c>timings</c> differs between two runs of the same day.</summary>
internal static class ReportJson
{
    // The document is never put into HTML, so no letter of a name need be hidden behind an escape.
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document and a line feed.</summary>
    /// <exception cref="IOException">The stream could not be written.</exception>
    public static void Write(RunOutcome outcome, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var report = new DayReport(outcome);
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            WriteVerdict(json, report);
            WriteDay(json, outcome.Day);
            WriteArray(json, "hours", report.Hours, WriteHour);
            WriteArray(json, "activations", outcome.Result.Activations, WriteActivation);
            WriteArray(json, "shortfalls", outcome.Result.Shortfalls, (writer, trace) => ShortfallJson.Write(writer, report, trace));
            WriteSettlement(json, outcome.Totals);
            ChainJson.Write(json, outcome);
            WriteArray(json, "problems", outcome.Result.Problems, WriteProblem);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes a list of objects.</summary>
    public static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVerdict(Utf8JsonWriter json, DayReport report)
    {
        json.WriteStartObject("verdict");
        json.WriteString("sentence", VerdictText.Headline(report));
        WriteHours(json, "shortHours", report.ShortHours);
        WriteHours(json, "notVerifiableHours", report.UnverifiableHours);
        json.WriteNumber("awardedReserveMWh", Numbers.Rounded(report.Result.AwardedReserveMWh, 6));
        json.WriteNumber("shortReserveMWh", Numbers.Rounded(report.Result.ShortReserveMWh, 6));
        json.WriteKw("meanAbsoluteEnergyErrorKw", report.Result.MeanAbsoluteEnergyErrorKw);
        json.WriteUsd("noPayUsd", report.Outcome.Totals.NoPay);
        json.WriteEndObject();
    }

    private static void WriteHours(Utf8JsonWriter json, string name, IEnumerable<ReportHour> hours)
    {
        json.WriteStartArray(name);
        foreach (ReportHour hour in hours)
            json.WriteNumberValue(hour.Hour.HourEnding);

        json.WriteEndArray();
    }

    private static void WriteDay(Utf8JsonWriter json, MarketDay day)
    {
        json.WriteStartObject("day");
        json.WriteString("date", day.Day.Date.ToString("yyyy-MM-dd", Numbers.Culture));
        json.WriteString("timeZone", day.Day.TimeZone);
        json.WriteString("aggregation", day.Aggregation.Value);
        json.WriteString("aggregator", day.Aggregator.Value);
        json.WriteString("systemOperator", day.SystemOperator.Value);
        json.WriteString("fleet", day.FleetDescription);
        json.WriteStartArray("origin");
        foreach (string sentence in day.Origin)
            json.WriteStringValue(sentence);

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHour(Utf8JsonWriter json, ReportHour row)
    {
        HourResult hour = row.Hour;
        json.WriteNumber("hour", hour.HourEnding);
        json.WriteInstant("start", hour.Interval.StartUnixSeconds);
        json.WriteKw("tradedKw", hour.TradedKw);
        json.WriteKw("actualKw", hour.ActualKw);
        json.WriteKw("energyDeviationKw", hour.DeviationKw);
        json.WriteKw("awardedReserveKw", hour.AwardedReserveKw);
        json.WriteKw("shownReserveKw", hour.ShownReserveKw);
        json.WriteKw("deliveredReserveKw", hour.DeliveredReserveKw);
        json.WriteKw("shortReserveKw", hour.ShortReserveKw);
        json.WriteString("reserveVerdict", hour.Verdict.ToString());
        json.WriteNumber("shortIntervals", hour.ShortIntervals);
        json.WriteKw("meanDispatchErrorKw", hour.MeanDispatchErrorKw);
        json.WriteKw("maxDispatchErrorKw", hour.MaxDispatchErrorKw);
        json.WriteNumber("intervalsOutOfTolerance", hour.IntervalsOutOfTolerance);
        json.WriteNumber("intervalsNotVerifiable", hour.IntervalsNotVerifiable);
        json.WriteUsd("noPayUsd", row.NoPayUsd);
    }

    private static void WriteActivation(Utf8JsonWriter json, ActivationResult activation)
    {
        json.WriteString("activation", activation.Activation.Value);
        json.WriteInstant("start", activation.Period.StartUnixSeconds);
        json.WriteInstant("end", activation.Period.EndUnixSeconds);
        json.WriteString("verdict", ActivationVerdict.Of(activation.Delivery).ToString());
        json.WriteKw("requestedKw", activation.RequestedKw);
        json.WriteKw("tenMinuteResponseKw", activation.Delivery?.TenMinuteResponseKw);
        json.WriteKw("sustainedKw", activation.Delivery?.SustainedKw);
        json.WriteKw("creditedKw", activation.Delivery?.CreditedKw);
        json.WriteKw("cappedKw", activation.Delivery?.CappedKw);
        json.WriteKw("shortfallKw", activation.Delivery?.ShortfallKw);
        ShortfallJson.WriteEvidence(json, activation.Location);
    }

    private static void WriteSettlement(Utf8JsonWriter json, DayTotals totals)
    {
        json.WriteStartObject("settlement");
        json.WriteUsd("dayAheadEnergyUsd", totals.DayAheadEnergy);
        json.WriteUsd("fifteenMinuteEnergyUsd", totals.FifteenMinuteEnergy);
        json.WriteUsd("dispatchedEnergyUsd", totals.DispatchedEnergy);
        json.WriteUsd("uninstructedEnergyUsd", totals.UninstructedEnergy);
        json.WriteUsd("dayAheadSpinUsd", totals.DayAheadSpin);
        json.WriteUsd("fifteenMinuteSpinUsd", totals.FifteenMinuteSpin);
        json.WriteUsd("noPayUsd", totals.NoPay);
        json.WriteUsd("deploymentUsd", totals.Deployment);
        json.WriteUsd("eventChargeUsd", totals.EventCharge);
        json.WriteUsd("retroactiveChargeUsd", totals.RetroactiveCharge);
        json.WriteUsd("totalUsd", totals.Total);
        json.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter json, VerificationProblem problem)
    {
        json.WriteString("rule", problem.Rule.ToString());
        json.WriteString("message", problem.Message);
        ShortfallJson.WriteEvidence(json, problem.Location);
    }
}

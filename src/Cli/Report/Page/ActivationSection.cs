using System.Xml.Linq;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report.Page;

/// <summary>The calls of spinning reserve, and what was delivered on them (docs/spec/market.md, 2.4).</summary>
internal static class ActivationSection
{
    private const string Caption =
        "Response of the aggregation's meters against their level before the call, in kW. Credited: the response after ten minutes where "
        + "it was sustained, otherwise the mean of what followed. Evidence: the call.";

    public static XElement Of(DayReport report) => Html.Section(
        "activations",
        "Activations",
        report.Result.Activations.IsEmpty
            ? [Html.Paragraph("Spinning reserve was not called.")]
            : Html.Table(Caption, Headings(), report.Result.Activations.Select(activation => Row(report, activation))));

    private static IEnumerable<XElement> Headings() =>
    [
        Html.Heading("Activation"),
        Html.Heading("Time"),
        Html.NumberHeading("Called"),
        Html.NumberHeading("After ten minutes"),
        Html.NumberHeading("Sustained"),
        Html.NumberHeading("Credited"),
        Html.NumberHeading("Shortfall"),
        Html.Heading("Verdict"),
        .. EvidenceCells.Headings(),
    ];

    private static XElement Row(DayReport report, ActivationResult activation)
    {
        DeliveryAssessment? delivery = activation.Delivery;
        ReserveVerdict verdict = ActivationVerdict.Of(delivery);
        return Html.Row(
            verdict == ReserveVerdict.Delivered ? null : new XAttribute("class", "short"),
            Html.RowHeading(activation.Activation.Value),
            Html.Time(report.Clock.Span(activation.Period)),
            Html.Number(Numbers.Whole(activation.RequestedKw)),
            Html.Number(WholeOrNone(delivery?.TenMinuteResponseKw)),
            Html.Number(WholeOrNone(delivery?.SustainedKw)),
            Html.Number(WholeOrNone(delivery?.CreditedKw)),
            Html.Number(WholeOrNone(delivery?.ShortfallKw)),
            Html.Cell(VerdictMark.Of(verdict)),
            EvidenceCells.Of(activation.Location, "the call is not on the chain"));
    }

    private static string WholeOrNone(double? kw) => kw is { } value ? Numbers.Whole(value) : "–";
}

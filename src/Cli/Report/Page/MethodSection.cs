using System.Xml.Linq;
using DerChain.Market.Scenario;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report.Page;

/// <summary>How the day and the report were made, what they do not claim, and what was wrong with the records.</summary>
internal static class MethodSection
{
    /// <summary>Most problems that the page lists; <c>report.json</c> holds all of them.</summary>
    private const int ListedProblems = 100;

    private static readonly string[] Statements =
    [
        "Every verdict was computed from the records read back from the sealed chain, not from what made them.",
        "The case study is inspired by the paper of Khoshjahan and Kezunovic; it does not reproduce it equation by equation, because its "
            + "fleet, prices and formulas are in companion papers that were not at hand. In the case study the times of the disturbances "
            + "were chosen so that the short hours match the paper's (2, 11, 12 and 19); how a disturbance "
            + "turns into a shortfall is emergent.",
        "The same day with the same seed, chain id and validators gives the same head hash on every machine.",
    ];

    public static XElement Of(DayReport report)
    {
        MarketDay day = report.Outcome.Day;
        return Html.Section(
            "method",
            "How it was made",
            Html.Paragraph(Html.Text(day.FleetDescription)),
            new XElement("ul", day.Origin.Concat(Statements).Select(static sentence => new XElement("li", Html.Text(sentence)))),
            Problems(report));
    }

    private static IEnumerable<XElement> Problems(DayReport report) =>
        report.Result.Problems.IsEmpty
            ? [Html.Paragraph("No problem was found in the records.")]
            :
            [
                new XElement("h3", "Problems found in the records"),
                .. Html.Table(
                    ProblemsCaption(report.Result.Problems.Length),
                    [Html.Heading("Rule"), Html.Heading("Problem"), .. EvidenceCells.Headings()],
                    report.Result.Problems.Take(ListedProblems).Select(Problem)),
            ];

    private static string ProblemsCaption(int problems) =>
        "What verification did not use, or did not find"
        + (problems > ListedProblems ? $": the first {ListedProblems} of {Numbers.Count(problems)}, the others are in report.json" : "");

    private static XElement Problem(VerificationProblem problem) => Html.Row(
        Html.RowHeading(problem.Rule.ToString()),
        Html.Cell(Html.Text(problem.Message)),
        EvidenceCells.Of(problem.Location, "a record is missing"));
}

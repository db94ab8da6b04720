using System.Diagnostics;
using DerChain.Market.Plausibility;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Plausibility;

public sealed class CaseStudyQualityTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Look(bool disturbed)
    {
        JudgedDay day = JudgedDay.Of(new CaseStudyOptions { Activations = disturbed, CloudFront = disturbed });
        for (int i = 0; i < 3; i++) {
        var watch = Stopwatch.StartNew();
        QualityResult result = QualityEvaluation.Run(day.Entries, day.Registry, day.Period);
        Console.WriteLine($"{disturbed} {watch.ElapsedMilliseconds} ms {result.Scope}");
        if (i == 0) {
        foreach (var count in result.Counts) Console.WriteLine(count);
        foreach (var g in result.Rows.GroupBy(r => (r.Check, r.Verdict))) {
            Console.WriteLine(g.Key + " " + g.Count());
            foreach (var r in g.Take(4)) Console.WriteLine("   " + r);
        } } }
    }
}

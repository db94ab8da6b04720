using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

/// <summary>The case study with its defaults, made once for all tests that read it.</summary>
internal static class ReferenceDay
{
    public static readonly MarketDay Market = CaseStudy.Create(new CaseStudyOptions());

    public static readonly ScenarioMessage[] Messages = [.. Market.Messages];
}

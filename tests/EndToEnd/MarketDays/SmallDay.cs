using DerChain.Chain.Storage;
using DerChain.Market.Scenario;

namespace DerChain.EndToEnd.Tests.MarketDays;

/// <summary>The case study with few prosumers, recorded in memory or in stores that a test opens.</summary>
internal static class SmallDay
{
    public const ulong Seed = CaseStudyOptions.ReferenceSeed;

    public static MarketDay Create(int prosumers) => CaseStudy.Create(new CaseStudyOptions { Prosumers = prosumers });

    /// <summary>The day up to its message at an index.</summary>
    public static MarketDay FirstMessages(int prosumers, int count)
    {
        MarketDay day = Create(prosumers);
        return new MarketDay
        {
            Day = day.Day,
            Aggregation = day.Aggregation,
            SystemOperator = day.SystemOperator,
            Aggregator = day.Aggregator,
            Participants = day.Participants,
            Resources = day.Resources,
            Messages = day.Messages.Take(count),
            FleetDescription = day.FleetDescription,
            Origin = day.Origin,
        };
    }

    public static MarketDayRun Record(MarketDay day, int validators, int threads, Func<int, IKeyValueStore> openStore)
    {
        MarketDayRun run = MarketDayRun.Open(day, new MarketDayOptions { Seed = Seed, Validators = validators, Threads = threads, OpenStore = openStore });
        run.Record(progress: null, TestContext.Current.CancellationToken);
        return run;
    }
}

namespace DerChain.Market.Scenario;

/// <summary>Which variant of the case study to make. The defaults are the study itself.</summary>
public sealed record CaseStudyOptions
{
    /// <summary>Seed of the study itself.</summary>
    public const ulong ReferenceSeed = 20210715;

    /// <summary>Largest fleet.</summary>
    public const int MaxProsumers = 100_000;

    /// <summary>Number of prosumers; 1 to <see cref="MaxProsumers"/>. 60 % are homes, 25 % offices and 15 % shops.</summary>
    public int Prosumers { get; init; } = 200;

    /// <summary>What every random number follows from.</summary>
    public ulong Seed { get; init; } = ReferenceSeed;

    /// <summary>The ISO calls spinning reserve, 00:30 to 01:00 and 17:25 to 18:00.</summary>
    public bool Activations { get; init; } = true;

    /// <summary>Clouds pass over the panels, 10:00 to 12:00.</summary>
    public bool CloudFront { get; init; } = true;

    /// <summary>The trading date, with 24 hours in <see cref="CaseStudy.TimeZone"/>. It decides where the sun stands; temperature, load
    /// and prices stay those of a summer day.</summary>
    public DateOnly Date { get; init; } = new(2021, 7, 15);
}

namespace DerChain.Cli.Bench;

/// <summary>Where the chains of a measurement are.</summary>
internal enum TableFiveStore
{
    /// <summary>In memory.</summary>
    Memory,

    /// <summary>In a file of LiteDB for each validator.</summary>
    LiteDb,
}

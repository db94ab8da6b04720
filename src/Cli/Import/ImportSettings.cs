namespace DerChain.Cli.Import;

/// <summary>What a user asked <c>derchain import</c> for.</summary>
internal sealed record ImportSettings(string ChainFile, string GenesisFile, string Store, int Threads, bool AllowUnprotected, bool Json);

using System.Collections.Immutable;

namespace DerChain.Cli.Bench;

/// <summary>What a user asked <c>derchain bench table5</c> for.</summary>
internal sealed record TableFiveSettings(ImmutableArray<TableFiveStore> Stores, int Runs, int WarmUp, string Folder, bool Json);

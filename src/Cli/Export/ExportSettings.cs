namespace DerChain.Cli.Export;

/// <summary>What a user asked <c>derchain export</c> for.</summary>
internal sealed record ExportSettings(string Store, string File, ulong? First, ulong? Last, bool Json);

namespace DerChain.Cli.Run;

/// <summary>What a user asked <c>derchain run</c> for.</summary>
/// <param name="Prosumers">Size of the generated fleet.</param>
/// <param name="Validators">Number of validators.</param>
/// <param name="Threads">Threads that work side by side.</param>
/// <param name="Seed">Seed of the generated day and its keys.</param>
/// <param name="DataFolder">Folder with a day's record files, or null for the generator.</param>
/// <param name="OutFolder">Folder for the chain and the report.</param>
/// <param name="Json">Whether standard output is the JSON report.</param>
internal sealed record RunSettings(int Prosumers, int Validators, int Threads, ulong Seed, string? DataFolder, string OutFolder, bool Json);

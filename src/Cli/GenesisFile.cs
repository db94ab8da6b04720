using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Cli;

/// <summary>A user's <c>genesis.json</c>.</summary>
internal static class GenesisFile
{
    /// <summary>Reads a genesis that a chain can start from.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowUnprotected">Whether the chain admits legacy transactions without a chain id.</param>
    /// <exception cref="UserErrorException">There is no such file, or no chain can start from it.</exception>
    public static Genesis Read(string path, bool allowUnprotected)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"There is no genesis file at '{path}'.");

        ValidationResult result = GenesisJson.TryRead(File.ReadAllBytes(path), out Genesis? genesis);
        if (!result.IsValid)
            throw new UserErrorException($"The genesis file '{path}' is refused: {result.Message}");

        if (allowUnprotected)
            genesis = genesis! with { Spec = genesis.Spec with { AllowUnprotectedTransactions = true } };

        RequireStartable(genesis!, path);
        return genesis!;
    }

    // In memory first, so that a genesis that is refused leaves no store behind.
    private static void RequireStartable(Genesis genesis, string path)
    {
        try
        {
            using var store = new MemoryStore();
            Blockchain.Open(store, genesis, new CliqueEngine(genesis.Spec));
        }
        catch (ArgumentException exception)
        {
            throw new UserErrorException($"The genesis file '{path}' is refused: {exception.Message}");
        }
    }
}

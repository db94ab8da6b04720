using System.Text;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;

namespace DerChain.Chain;

/// <summary>What a store says of the chain in it: enough to open it without being told anything.</summary>
/// <param name="Genesis">The genesis the chain started from.</param>
/// <param name="RuleIdentity">Identity of the transaction rule it was made under; empty where there was none.</param>
public sealed record StoreIdentity(Genesis Genesis, string RuleIdentity)
{
    /// <summary>Reads the identity of a store.</summary>
    /// <returns>Null where the store is empty.</returns>
    /// <exception cref="StoreException">The store is of another format, not a chain's, or its identity was altered.</exception>
    public static StoreIdentity? Read(IKeyValueStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        byte[]? format = store.Get(ChainSchema.Format);
        if (format is null)
        {
            return store.Range([]).Any()
                ? throw new StoreCorruptException("The store has entries but no format version: it is not a DerChain store, or it was damaged.")
                : null;
        }

        string found = Encoding.ASCII.GetString(format);
        if (found != $"{ChainSchema.FormatVersion}")
        {
            throw new StoreException(
                $"The store has format '{found}'; this version of DerChain reads format {ChainSchema.FormatVersion}. Open it with the version that made it.");
        }

        byte[] genesis = Unseal(store, ChainSchema.Genesis);
        ValidationResult result = GenesisJson.TryRead(genesis, out Genesis? read);
        if (!result.IsValid)
            throw new StoreCorruptException($"The store's genesis cannot be read: {result.Message}");

        return new StoreIdentity(read!, Encoding.UTF8.GetString(Unseal(store, ChainSchema.Rule)));
    }

    internal void Write(WriteBatch batch)
    {
        batch.Put(ChainSchema.Format, Encoding.ASCII.GetBytes($"{ChainSchema.FormatVersion}"));
        batch.Put(ChainSchema.Genesis, Seal(GenesisJson.Write(Genesis)));
        batch.Put(ChainSchema.Rule, Seal(Encoding.UTF8.GetBytes(RuleIdentity)));
    }

    /// <summary>True where both stand for the same chain.</summary>
    internal bool IsSameChain(StoreIdentity other) =>
        RuleIdentity == other.RuleIdentity && GenesisJson.Write(Genesis).AsSpan().SequenceEqual(GenesisJson.Write(other.Genesis));

    private static byte[] Seal(byte[] content) => [.. Keccak256.Hash(content).ToBytes(), .. content];

    private static byte[] Unseal(IKeyValueStore store, byte[] key)
    {
        byte[]? value = store.Get(key);
        return value is { Length: >= Hash256.Length }
            && Keccak256.Hash(value.AsSpan(Hash256.Length)) == Hash256.FromBytes(value.AsSpan(0, Hash256.Length))
            ? value[Hash256.Length..]
            : throw new StoreCorruptException($"The store's {ChainSchema.Describe(key)} is missing or was altered.");
    }
}

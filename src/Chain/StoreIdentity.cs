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
        if (!IsIn(store))
            return null;

        ValidationResult result = GenesisJson.TryRead(StoredGenesis.Read(store), out Genesis? genesis);
        return result.IsValid
            ? new StoreIdentity(genesis!, ReadRule(store))
            : throw new StoreCorruptException($"The store's genesis cannot be read: {result.Message}");
    }

    /// <summary>True where the store holds a chain, false where it is empty.</summary>
    /// <exception cref="StoreException">The store is of another format, or not a chain's.</exception>
    internal static bool IsIn(IKeyValueStore store)
    {
        byte[]? format = store.Get(ChainSchema.Format);
        if (format is null)
        {
            return store.Range([]).Any()
                ? throw new StoreCorruptException("The store has entries but no format version: it is not a DerChain store, or it was damaged.")
                : false;
        }

        string found = Encoding.ASCII.GetString(format);
        return found == $"{ChainSchema.FormatVersion}"
            ? true
            : throw new StoreException(
                $"The store has format '{found}'; this version of DerChain reads format {ChainSchema.FormatVersion}. Open it with the version that made it.");
    }

    /// <summary>True where a store, which holds a chain, holds this one.</summary>
    internal bool IsOf(IKeyValueStore store) => ReadRule(store) == RuleIdentity && StoredGenesis.IsSame(store, GenesisJson.Write(Genesis));

    /// <summary>Puts the identity into the batch that starts the chain.</summary>
    /// <exception cref="ArgumentException">The genesis is too long to be read again.</exception>
    internal void Put(WriteBatch batch)
    {
        byte[] json = GenesisJson.Write(Genesis);
        if (json.Length > GenesisJson.MaxBytes)
            throw new ArgumentException($"The genesis has {json.Length} bytes as JSON; at most {GenesisJson.MaxBytes} are read.", nameof(batch));

        batch.Put(ChainSchema.Format, Encoding.ASCII.GetBytes($"{ChainSchema.FormatVersion}"));
        StoredGenesis.Put(batch, json);
        byte[] rule = Encoding.UTF8.GetBytes(RuleIdentity);
        batch.Put(ChainSchema.Rule, [.. Keccak256.Hash(rule).ToBytes(), .. rule]);
    }

    private static string ReadRule(IKeyValueStore store)
    {
        byte[]? value = store.Get(ChainSchema.Rule);
        return value is { Length: >= Hash256.Length }
            && Keccak256.Hash(value.AsSpan(Hash256.Length)) == Hash256.FromBytes(value.AsSpan(0, Hash256.Length))
            ? Encoding.UTF8.GetString(value.AsSpan(Hash256.Length))
            : throw new StoreCorruptException($"The store's {ChainSchema.Describe(ChainSchema.Rule)} is missing or was altered.");
    }
}

using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Storage;

/// <summary>The genesis of a store as JSON, in parts, since a million accounts are longer than a value may be, and the hash over all of it.</summary>
internal static class StoredGenesis
{
    private const int PartBytes = 1024 * 1024;

    /// <summary>Puts the JSON into a batch.</summary>
    public static void Put(WriteBatch batch, byte[] json)
    {
        batch.Put(ChainSchema.Genesis, Keccak256.Hash(json).ToBytes());
        for (int start = 0; start < json.Length; start += PartBytes)
            batch.Put(ChainSchema.GenesisPart(start / PartBytes), json[start..Math.Min(start + PartBytes, json.Length)]);
    }

    /// <summary>True where the store holds this JSON; the parts are not read.</summary>
    /// <exception cref="StoreCorruptException">The hash is missing or was altered.</exception>
    public static bool IsSame(IKeyValueStore store, byte[] json) => Keccak256.Hash(json) == HashIn(store);

    /// <summary>The JSON.</summary>
    /// <exception cref="StoreCorruptException">A part is missing or was altered.</exception>
    public static byte[] Read(IKeyValueStore store)
    {
        using var json = new MemoryStream();
        for (int index = 0; store.Get(ChainSchema.GenesisPart(index)) is { } part; index++)
            json.Write(part);

        byte[] read = json.ToArray();
        return Keccak256.Hash(read) == HashIn(store)
            ? read
            : throw new StoreCorruptException("The store's genesis is incomplete or was altered: it does not have the stored hash.");
    }

    private static Hash256 HashIn(IKeyValueStore store) => store.Get(ChainSchema.Genesis) is { Length: Hash256.Length } hash
        ? Hash256.FromBytes(hash)
        : throw new StoreCorruptException("The hash of the store's genesis is missing or was altered.");
}

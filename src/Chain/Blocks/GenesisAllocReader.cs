using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>Reads the <c>alloc</c> of a <c>genesis.json</c>: the accounts that exist from the start.</summary>
internal static class GenesisAllocReader
{
    public static ImmutableSortedDictionary<Address, GenesisAccount> Read(ref JsonFields fields)
    {
        var accounts = new List<KeyValuePair<Address, GenesisAccount>>();
        while (fields.Next(out string name))
        {
            if (!Address.TryParse(name, out Address address))
                fields.FailValue("An account of alloc", name, "an address");

            accounts.Add(new(address, ReadAccount(ref fields, address)));
        }

        return Sorted(ref fields, accounts, "alloc");
    }

    private static GenesisAccount ReadAccount(ref JsonFields fields, Address address)
    {
        var account = new GenesisAccount(UInt256.Zero);
        bool hasBalance = false;
        fields.RequireObject($"alloc.{address}");
        while (fields.Next(out string name))
        {
            if (fields.IsNull)
                continue;

            string field = $"alloc.{address}.{name}";
            switch (name.ToLowerInvariant())
            {
                case "balance":
                    hasBalance = true;
                    account = account with { Balance = fields.ReadUInt256(field) };
                    break;
                case "nonce":
                    account = account with { Nonce = fields.ReadUInt64(field) };
                    break;
                case "code":
                    account = account with { Code = fields.ReadBytes(field) };
                    break;
                case "storage":
                    account = account with { Storage = ReadStorage(ref fields, field) };
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        if (!hasBalance)
            fields.Fail(ChainError.InvalidGenesis, $"alloc.{address}.balance is missing.");

        return account;
    }

    private static ImmutableSortedDictionary<Hash256, Hash256> ReadStorage(ref JsonFields fields, string field)
    {
        var slots = new List<KeyValuePair<Hash256, Hash256>>();
        fields.RequireObject(field);
        while (fields.Next(out string name))
        {
            if (!JsonFields.TryParsePadded(name, out Hash256 slot))
                fields.FailValue($"A slot of {field}", name, "at most 32 whole bytes of hexadecimal digits");

            slots.Add(new(slot, fields.ReadPaddedHash($"{field}.{name}")));
        }

        ImmutableSortedDictionary<Hash256, Hash256> storage = Sorted(ref fields, slots, field);
        return storage.RemoveRange(slots.Where(static entry => entry.Value.IsZero).Select(static entry => entry.Key));
    }

    private static ImmutableSortedDictionary<TKey, TValue> Sorted<TKey, TValue>(
        ref JsonFields fields, List<KeyValuePair<TKey, TValue>> entries, string field)
        where TKey : struct, IComparable<TKey>
    {
        entries.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        for (int index = 1; index < entries.Count; index++)
        {
            if (entries[index - 1].Key.CompareTo(entries[index].Key) == 0)
                fields.Fail(ChainError.InvalidGenesis, $"{field} has {entries[index].Key} twice.");
        }

        return fields.Result.IsValid ? ImmutableSortedDictionary.CreateRange(entries) : ImmutableSortedDictionary<TKey, TValue>.Empty;
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>Reads Geth's <c>genesis.json</c>, with Geth's defaults, without looking at what the values mean together (<see cref="GenesisRules"/>).</summary>
internal static class GenesisJsonReader
{
    private const ulong DefaultGasLimit = 4_712_388;
    private const ulong DefaultDifficulty = 131_072;

    public static ValidationResult Read(ReadOnlySpan<byte> json, out Genesis? genesis)
    {
        genesis = null;
        try
        {
            var fields = new JsonFields(json);
            fields.Start();
            Genesis read = ReadGenesis(ref fields);
            fields.RequireEnd();
            genesis = read;
            return fields.Result;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return ValidationResult.Fail(ChainError.InvalidGenesis, $"The file is not JSON in UTF-8: {exception.Message}");
        }
    }

    private static Genesis ReadGenesis(ref JsonFields fields)
    {
        var genesis = new Genesis
        {
            Spec = ForkSchedule.Frontier(chainId: 0),
            Timestamp = 0,
            ExtraData = default,
            GasLimit = DefaultGasLimit,
            Difficulty = DefaultDifficulty,
        };
        ChainSpec? spec = null;
        ImmutableSortedDictionary<Address, GenesisAccount>? accounts = null;
        while (fields.Next(out string name))
        {
            if (fields.IsNull)
                continue;

            if (name.Equals("config", StringComparison.OrdinalIgnoreCase))
                spec = ReadOnce(ref fields, name, spec, GenesisConfigReader.Read);
            else if (name.Equals("alloc", StringComparison.OrdinalIgnoreCase))
                accounts = ReadOnce(ref fields, name, accounts, GenesisAllocReader.Read);
            else
                genesis = ReadHeaderField(ref fields, name, genesis);
        }

        if (spec is null)
            fields.Fail(ChainError.InvalidGenesis, "config is missing: it says which rules the chain has.");

        return genesis with { Spec = spec ?? genesis.Spec, Accounts = accounts ?? genesis.Accounts };
    }

    private static Genesis ReadHeaderField(ref JsonFields fields, string name, Genesis genesis)
    {
        switch (name.ToLowerInvariant())
        {
            case "nonce":
                return genesis with { Nonce = fields.ReadUInt64(name) };
            case "timestamp":
                return genesis with { Timestamp = fields.ReadUInt64(name) };
            case "extradata":
                return genesis with { ExtraData = fields.ReadBytes(name) };
            case "gaslimit":
                ulong gasLimit = fields.ReadUInt64(name);
                return genesis with { GasLimit = gasLimit == 0 ? DefaultGasLimit : gasLimit };
            case "difficulty":
                return genesis with { Difficulty = fields.ReadUInt256(name) };
            case "mixhash":
                return genesis with { MixHash = fields.ReadHash(name) };
            case "coinbase":
                return genesis with { Beneficiary = fields.ReadAddress(name) };
            case "parenthash":
                return genesis with { ParentHash = fields.ReadHash(name) };
            case "gasused":
                return genesis with { GasUsed = fields.ReadUInt64(name) };
            case "basefeepergas":
                return genesis with { BaseFeePerGas = fields.ReadUInt256(name) };
            case "number":
                if (fields.ReadUInt64(name) != 0)
                    fields.Fail(ChainError.InvalidGenesis, "number is not 0: a genesis is block 0.");

                return genesis;
            default:
                fields.Skip();
                return genesis;
        }
    }

    private delegate T ReadObject<T>(ref JsonFields fields);

    private static T? ReadOnce<T>(ref JsonFields fields, string name, T? before, ReadObject<T> read)
        where T : class
    {
        fields.RequireObject(name);
        if (before is not null)
            fields.Fail(ChainError.InvalidGenesis, $"{name} is given twice.");

        return read(ref fields);
    }
}

using System.Buffers;
using System.Globalization;
using System.Text.Json;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Blocks;

/// <summary>Writes a genesis as Geth's <c>genesis.json</c>, always the same bytes for the same genesis. What has its default is left out.</summary>
internal static class GenesisJsonWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    public static void Write(Genesis genesis, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        WriteConfig(json, genesis.Spec);
        WriteHeader(json, genesis);
        json.WriteStartObject("alloc");
        foreach ((Address address, GenesisAccount account) in genesis.Accounts)
            WriteAccount(json, address, account);

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter json, ChainSpec spec)
    {
        json.WriteStartObject("config");
        json.WriteNumber("chainId", spec.ChainId);
        foreach (ForkSchedule.Fork fork in ForkSchedule.Forks)
        {
            if (fork.Get(spec) is { } block)
                json.WriteNumber(fork.Name, block);
        }

        json.WriteStartObject("clique");
        json.WriteNumber("period", spec.CliquePeriodSeconds);
        json.WriteNumber("epoch", spec.CliqueEpochLength);
        json.WriteEndObject();
        if (spec.AllowUnprotectedTransactions)
            json.WriteBoolean("allowUnprotectedTransactions", true);

        json.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter json, Genesis genesis)
    {
        json.WriteString("timestamp", Quantity(genesis.Timestamp));
        json.WriteString("extraData", Hex.Format(genesis.ExtraData.Span));
        json.WriteString("gasLimit", Quantity(genesis.GasLimit));
        json.WriteString("difficulty", genesis.Difficulty.ToString());
        if (genesis.Nonce != 0)
            json.WriteString("nonce", Quantity(genesis.Nonce));

        if (!genesis.MixHash.IsZero)
            json.WriteString("mixHash", genesis.MixHash.ToString());

        if (!genesis.Beneficiary.IsZero)
            json.WriteString("coinbase", genesis.Beneficiary.ToString());

        if (!genesis.ParentHash.IsZero)
            json.WriteString("parentHash", genesis.ParentHash.ToString());

        if (genesis.GasUsed != 0)
            json.WriteString("gasUsed", Quantity(genesis.GasUsed));

        if (genesis.BaseFeePerGas is { } baseFee)
            json.WriteString("baseFeePerGas", baseFee.ToString());
    }

    private static void WriteAccount(Utf8JsonWriter json, Address address, GenesisAccount account)
    {
        json.WriteStartObject(address.ToString());
        json.WriteString("balance", account.Balance.ToString());
        if (account.Nonce != 0)
            json.WriteString("nonce", Quantity(account.Nonce));

        if (!account.Code.IsEmpty)
            json.WriteString("code", Hex.Format(account.Code.Span));

        if (account.Storage.Values.Any(static value => !value.IsZero))
        {
            json.WriteStartObject("storage");
            foreach ((Hash256 slot, Hash256 value) in account.Storage)
            {
                if (!value.IsZero)
                    json.WriteString(slot.ToString(), value.ToString());
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Quantity(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}

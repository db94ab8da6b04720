using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Storage;

/// <summary>A genesis as Geth's <c>genesis.json</c>: how a store remembers what its chain started from.</summary>
public static class GenesisJson
{
    private static readonly (string Name, Func<ChainSpec, ulong?> Get, Func<ChainSpec, ulong?, ChainSpec> Set)[] Forks =
    [
        ("homesteadBlock", spec => spec.HomesteadBlock, (spec, block) => spec with { HomesteadBlock = block }),
        ("eip150Block", spec => spec.Eip150Block, (spec, block) => spec with { Eip150Block = block }),
        ("eip155Block", spec => spec.Eip155Block, (spec, block) => spec with { Eip155Block = block }),
        ("eip158Block", spec => spec.Eip158Block, (spec, block) => spec with { Eip158Block = block }),
        ("byzantiumBlock", spec => spec.ByzantiumBlock, (spec, block) => spec with { ByzantiumBlock = block }),
        ("constantinopleBlock", spec => spec.ConstantinopleBlock, (spec, block) => spec with { ConstantinopleBlock = block }),
        ("petersburgBlock", spec => spec.PetersburgBlock, (spec, block) => spec with { PetersburgBlock = block }),
        ("istanbulBlock", spec => spec.IstanbulBlock, (spec, block) => spec with { IstanbulBlock = block }),
        ("muirGlacierBlock", spec => spec.MuirGlacierBlock, (spec, block) => spec with { MuirGlacierBlock = block }),
        ("berlinBlock", spec => spec.BerlinBlock, (spec, block) => spec with { BerlinBlock = block }),
        ("londonBlock", spec => spec.LondonBlock, (spec, block) => spec with { LondonBlock = block }),
    ];

    /// <summary>Writes the JSON, in UTF-8, always the same bytes for the same genesis.</summary>
    public static byte[] Write(Genesis genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            WriteConfig(json, genesis.Spec);
            json.WriteString("timestamp", Quantity(genesis.Timestamp));
            json.WriteString("extraData", Hex.Format(genesis.ExtraData.Span));
            json.WriteString("gasLimit", Quantity(genesis.GasLimit));
            json.WriteString("difficulty", genesis.Difficulty.ToString());
            WriteAccounts(json, genesis);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not such JSON; the message names the field.</exception>
    public static Genesis Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return new Genesis
            {
                Spec = ReadConfig(root.GetProperty("config")),
                Timestamp = Number(root, "timestamp"),
                ExtraData = Hex.Parse(root.GetProperty("extraData").GetString()),
                GasLimit = Number(root, "gasLimit"),
                Difficulty = Integer(root.GetProperty("difficulty"), "difficulty"),
                Accounts = ReadAccounts(root.GetProperty("alloc")),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            throw new FormatException($"Not a genesis: {exception.Message}", exception);
        }
    }

    private static void WriteConfig(Utf8JsonWriter json, ChainSpec spec)
    {
        json.WriteStartObject("config");
        json.WriteNumber("chainId", spec.ChainId);
        foreach ((string name, Func<ChainSpec, ulong?> get, _) in Forks)
        {
            if (get(spec) is { } block)
                json.WriteNumber(name, block);
        }

        json.WriteStartObject("clique");
        json.WriteNumber("period", spec.CliquePeriodSeconds);
        json.WriteNumber("epoch", spec.CliqueEpochLength);
        json.WriteEndObject();
        if (spec.AllowUnprotectedTransactions)
            json.WriteBoolean("allowUnprotectedTransactions", true);

        json.WriteEndObject();
    }

    private static void WriteAccounts(Utf8JsonWriter json, Genesis genesis)
    {
        json.WriteStartObject("alloc");
        foreach ((Address address, GenesisAccount account) in genesis.Accounts)
        {
            json.WriteStartObject(address.ToString());
            json.WriteString("balance", account.Balance.ToString());
            if (account.Nonce != 0)
                json.WriteString("nonce", Quantity(account.Nonce));

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static ChainSpec ReadConfig(JsonElement config)
    {
        JsonElement clique = config.GetProperty("clique");
        var spec = new ChainSpec
        {
            ChainId = Number(config, "chainId"),
            CliquePeriodSeconds = Number(clique, "period"),
            CliqueEpochLength = Number(clique, "epoch"),
            AllowUnprotectedTransactions = config.TryGetProperty("allowUnprotectedTransactions", out JsonElement allow) && allow.GetBoolean(),
        };
        foreach ((string name, _, Func<ChainSpec, ulong?, ChainSpec> set) in Forks)
            spec = set(spec, config.TryGetProperty(name, out _) ? Number(config, name) : null);

        return spec;
    }

    private static ImmutableSortedDictionary<Address, GenesisAccount> ReadAccounts(JsonElement alloc)
    {
        var accounts = ImmutableSortedDictionary.CreateBuilder<Address, GenesisAccount>();
        foreach (JsonProperty entry in alloc.EnumerateObject())
        {
            ulong nonce = entry.Value.TryGetProperty("nonce", out _) ? Number(entry.Value, "nonce") : 0;
            UInt256 balance = Integer(entry.Value.GetProperty("balance"), $"balance of {entry.Name}");
            accounts[Address.Parse(entry.Name)] = new GenesisAccount(balance, nonce);
        }

        return accounts.ToImmutable();
    }

    private static ulong Number(JsonElement parent, string name) => (ulong)Integer(parent.GetProperty(name), name);

    private static UInt256 Integer(JsonElement element, string name)
    {
        string text = element.ValueKind == JsonValueKind.Number ? element.GetRawText() : element.GetString() ?? "";
        return UInt256.TryParse(text, out UInt256 value) ? value : throw new FormatException($"Not a genesis: {name} is '{text}', not a number.");
    }

    private static string Quantity(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}

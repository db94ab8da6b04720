using System.Collections.Immutable;
using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Transactions;

public sealed class TransactionVectorTests
{
    private const ulong Mainnet = 1;

    /// <summary>Valid elsewhere, refused here by decision: there is no EVM.</summary>
    private static readonly ChainError[] Decisions = [ChainError.ContractCreationUnsupported];

    private static JsonElement Table => Vectors.ReadJson("transactions.json");

    [Fact]
    public void Every_case_has_its_verdict_under_every_fork() => EachCase.Holds(
        from test in Table.GetProperty("cases").EnumerateArray()
        from verdict in test.GetProperty("result").EnumerateObject()
        select (Name: $"{test.Text("name")} under {verdict.Name}", Fork: verdict.Name, Encoded: test.Bytes("rlp"), Spec: SpecOf(verdict.Name), Verdict: verdict.Value),
        test => test.Name,
        test =>
        {
            ValidationResult result = Judge(test.Encoded, test.Spec, test.Fork, out Transaction? transaction, out Address? sender);
            if (test.Verdict.TryGetProperty("exception", out _))
            {
                Assert.False(result.IsValid);
                return;
            }

            Assert.True(result.IsValid || Decisions.Contains((ChainError)result.Error), result.ToString());
            Assert.Equal(test.Verdict.Hash("hash"), transaction!.Hash);
            Assert.Equal(test.Verdict.Address("sender"), sender);
            Assert.Equal(test.Verdict.Number("intrinsicGas"), ExpectedGas(transaction.Content, test.Spec, test.Fork));
        });

    [Fact]
    public void Signed_transactions_of_all_types_have_the_known_bytes() =>
        EachCase.Holds(Table.GetProperty("sign").EnumerateArray(), test => test.Text("name"), test =>
        {
            JsonElement fields = test.GetProperty("transaction");
            PrivateKey key = PrivateKey.FromBytes(test.Bytes("privateKey"));
            AssertSigned(test, "Legacy", Fields(fields, TransactionType.Legacy) with { ChainId = null }, key);
            AssertSigned(test, "Eip155", Fields(fields, TransactionType.Legacy), key);
            AssertSigned(test, "Berlin", Fields(fields, TransactionType.AccessList), key);
            AssertSigned(test, "London", Fields(fields, TransactionType.DynamicFee), key);
        });

    private static void AssertSigned(JsonElement test, string form, UnsignedTransaction content, PrivateKey key)
    {
        if (test.Find("signed" + form) is not { } expected)
            return;

        Assert.Equal(Keccak256.Hash(test.Bytes("unsigned" + form)), content.SigningHash());

        // No chain has the id 0, so that our own signing refuses it; the bytes are known all the same.
        Transaction signed = content.ChainId == 0 ? Transaction.Create(content, key.Sign(content.SigningHash())) : content.Sign(key);
        Assert.Equal(Hex.Parse(expected.GetString()), signed.Encoded.ToArray());
        Assert.True(TransactionCodec.TryDecode(signed.Encoded, out Transaction? read).IsValid);
        Assert.Equal(signed.Hash, read!.Hash);
        Assert.Equal(content.SigningHash(), read.Content.SigningHash());
        Assert.Equal(key.Address, read.RecoverSender());
    }

    // Typed transactions carry the price in the field that their type has.
    private static UnsignedTransaction Fields(JsonElement fields, TransactionType type)
    {
        UInt256 price = Integer(fields, "gasPrice");
        return new UnsignedTransaction
        {
            Type = type,
            ChainId = (ulong)Integer(fields, "chainId"),
            Nonce = (ulong)Integer(fields, "nonce"),
            MaxPriorityFeePerGas = type == TransactionType.DynamicFee ? Integer(fields, "maxPriorityFeePerGas") : price,
            MaxFeePerGas = type == TransactionType.DynamicFee ? Integer(fields, "maxFeePerGas") : price,
            GasLimit = (ulong)Integer(fields, "gasLimit"),
            To = fields.Find("to") is { } to && to.GetString() is { Length: > 2 } text ? Address.Parse(text) : null,
            Value = Integer(fields, "value"),
            Data = fields.Find("data") is { } data ? Hex.Parse(data.GetString()) : [],
            AccessList = type == TransactionType.Legacy ? [] : AccessList(fields),
        };
    }

    private static ImmutableArray<AccessListEntry> AccessList(JsonElement fields) => fields.Find("accessList") is { } list
        ? [.. list.EnumerateArray().Select(entry => new AccessListEntry(
            entry.Address("address"), [.. entry.GetProperty("storageKeys").EnumerateArray().Select(key => Hash256.Parse(key.GetString()))]))]
        : [];

    private static UInt256 Integer(JsonElement fields, string name) => fields.Find(name) is { } value ? (UInt256)value.Number() : UInt256.Zero;

    // The rules that need no state, in the order in which the ledger applies them.
    private static ValidationResult Judge(byte[] encoded, ChainSpec spec, string fork, out Transaction? transaction, out Address? sender)
    {
        sender = null;
        ValidationResult result = TransactionCodec.TryDecode(encoded, out transaction);
        if (!result.IsValid)
            return result;

        result = TransactionRules.Check(transaction!, spec, number: 0);
        if (!result.IsValid && !Decisions.Contains((ChainError)result.Error))
            return result;

        sender = transaction!.RecoverSender();
        if (sender is null)
            return ValidationResult.Fail(ChainError.InvalidSignature, "");

        if (!TransactionRules.TryGetUpFrontCost(transaction.Content, out _))
            return ValidationResult.Fail(ChainError.InsufficientFunds, "");

        return transaction.Content.GasLimit < ExpectedGas(transaction.Content, spec, fork)
            ? ValidationResult.Fail(ChainError.IntrinsicGasTooLow, "")
            : result;
    }

    // Creation, which our gas rules do not know, costs 32,000 more (EIP-2), from Shanghai on also 2 for each word of code (EIP-3860).
    private static ulong ExpectedGas(UnsignedTransaction content, ChainSpec spec, string fork)
    {
        ulong gas = GasRules.IntrinsicGas(content, spec.IsIstanbul(0));
        if (content.To is not null)
            return gas;

        ulong words = fork == "Shanghai" ? ((ulong)content.Data.Length + 31) / 32 : 0;
        return gas + 32_000 + 2 * words;
    }

    private static ChainSpec SpecOf(string fork)
    {
        string[] order = ["Homestead", "EIP158", "Byzantium", "Istanbul", "Berlin", "London", "Paris", "Shanghai"];
        int level = Array.IndexOf(order, fork);
        Assert.True(level >= 0, $"The fork '{fork}' is not known.");
        ulong? From(string name) => level >= Array.IndexOf(order, name) ? 0 : null;
        return new ChainSpec
        {
            ChainId = Mainnet,
            HomesteadBlock = 0,
            Eip155Block = From("EIP158"),
            Eip158Block = From("EIP158"),
            ByzantiumBlock = From("Byzantium"),
            IstanbulBlock = From("Istanbul"),
            BerlinBlock = From("Berlin"),
            LondonBlock = From("London"),
            AllowUnprotectedTransactions = true,
        };
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>Headers that Geth 1.9.6 sealed and headers that it refused, byte by byte.</summary>
public sealed class GoldenHeaderTests
{
    private static readonly Dictionary<string, Enum?> Verdicts = new()
    {
        ["<accepted>"] = null,
        ["wrong difficulty"] = CliqueError.WrongDifficulty,
        ["invalid difficulty"] = CliqueError.InvalidDifficulty,
        ["unauthorized signer"] = CliqueError.UnauthorizedSigner,
        ["vote nonce not 0x00..0 or 0xff..f"] = CliqueError.InvalidVote,
        ["non empty uncle hash"] = CliqueError.NonEmptyOmmersHash,
        ["extra-data 65 byte signature suffix missing"] = CliqueError.MissingSeal,
        ["non-checkpoint block contains extra signer list"] = CliqueError.ExtraSigners,
        ["block in the future"] = ChainError.FutureBlock,
        ["unknown ancestor"] = ChainError.WrongNumber,
        ["recovery failed"] = CliqueError.InvalidSeal,
        ["non-zero mix digest"] = CliqueError.NonZeroMixHash,
        ["vote nonce in checkpoint block non-zero"] = CliqueError.InvalidCheckpointVote,
        ["mismatching signer list on checkpoint block"] = CliqueError.MismatchingCheckpointSigners,
        ["beneficiary in checkpoint block non-zero"] = CliqueError.CheckpointBeneficiary,
    };

    /// <summary>Where docs/spec/clique.md differs from Geth.</summary>
    private static readonly Dictionary<string, Enum> Decisions = new() { ["high-s-malleated-signature"] = CliqueError.SealNotCanonical };

    private static JsonElement Golden => Vectors.ReadJson("clique_golden.json");

    [Fact]
    public void Sealed_headers_have_Geths_bytes_hashes_and_signers() => EachCase.Holds(Blocks(), Name, test =>
    {
        BlockHeader header = Decode(test);
        Assert.Equal(test.Bytes("rlp"), header.Encode());
        Assert.Equal(test.Hash("hash"), header.ComputeHash());
        Assert.Equal(test.Bytes("sealRlp"), (header with { ExtraData = header.ExtraData[..^CliqueExtraData.SealLength] }).Encode());
        Assert.Equal(test.Hash("sealRlpHash"), CliqueExtraData.SealHash(header));
        Assert.Equal(KeyOf(test.Text("signer")).Address, Engine().GetAuthor(header));
        Assert.Equal(test.GetProperty("inTurn").GetBoolean() ? CliqueEngine.InTurnDifficulty : CliqueEngine.OutOfTurnDifficulty, header.Difficulty);
        AssertFields(test, header);
    });

    [Fact]
    public void The_genesis_has_Geths_bytes_hashes_and_signers()
    {
        JsonElement test = Golden.GetProperty("genesis");
        BlockHeader header = Decode(test);
        Assert.Equal(test.Hash("hash"), header.ComputeHash());
        Assert.Equal(test.Bytes("sealRlp"), (header with { ExtraData = header.ExtraData[..^CliqueExtraData.SealLength] }).Encode());
        Assert.Equal(test.Hash("sealRlpHash"), CliqueExtraData.SealHash(header));
        AssertFields(test, header);
        Assert.True(Engine().VerifyGenesis(header).IsValid);
        Assert.Equal(
            Golden.GetProperty("genesisSigners").EnumerateArray().Select(AccountOf).Order(),
            Engine().SnapshotAt(header, header.ComputeHash(), _ => null).Signers);
    }

    [Fact]
    public void Sealing_again_with_the_same_keys_gives_the_same_bytes() => EachCase.Holds(Blocks(), Name, test =>
        Assert.Equal(test.Bytes("rlp"), CliqueExtraData.Seal(Decode(test), KeyOf(test.Text("signer"))).Encode()));

    [Fact]
    public void The_chain_of_sealed_headers_is_valid_and_its_signers_are_Geths()
    {
        Dictionary<Hash256, BlockHeader> headers = ChainHeaders();
        CliqueEngine engine = Engine();
        EachCase.Holds(Blocks(), Name, test =>
        {
            BlockHeader header = Decode(test);
            ValidationResult result = engine.VerifyHeader(header, headers[header.ParentHash], TestChain.Now * 2, hash => headers.GetValueOrDefault(hash));
            Assert.True(result.IsValid, result.ToString());
            CliqueSnapshot snapshot = engine.SnapshotAt(header, header.ComputeHash(), hash => headers.GetValueOrDefault(hash));
            Assert.Equal(test.GetProperty("signersAfter").EnumerateArray().Select(AccountOf).Order(), snapshot.Signers);
        });
    }

    [Fact]
    public void Refused_headers_are_refused_for_Geths_reason() => EachCase.Holds(Probes(), ProbeName, probe =>
        Assert.Equal(Decisions.GetValueOrDefault(ProbeName(probe)) ?? Verdicts[probe.Text("gethError")], Judge(probe, Engine())));

    [Fact]
    public void With_high_s_accepted_every_verdict_is_Geths() => EachCase.Holds(Probes(), ProbeName, probe =>
        Assert.Equal(Verdicts[probe.Text("gethError")], Judge(probe, Engine(new CliqueEngineOptions { AcceptHighS = true }))));

    [Fact]
    public void Every_decision_is_about_a_probe_of_which_Geth_thinks_otherwise() => EachCase.Holds(Decisions, decision => decision.Key, decision =>
        Assert.NotEqual(decision.Value, Verdicts[Probes().Single(probe => ProbeName(probe) == decision.Key).Text("gethError")]));

    [Fact]
    public void Signed_transactions_have_Geths_hashes_and_senders() => EachCase.Holds(Transactions(), test => test.Text("hash"), test =>
    {
        Transaction transaction = DecodeTransaction(test);
        Assert.Equal(test.Hash("hash"), transaction.Hash);
        Assert.Equal(test.Hash("signingHash"), transaction.Content.SigningHash());
        Assert.Equal(test.Address("from"), transaction.RecoverSender());
        PrivateKey key = Golden.GetProperty("keys").EnumerateObject().Select(entry => KeyOf(entry.Name)).Single(key => key.Address == test.Address("from"));
        Assert.Equal(test.Bytes("raw"), transaction.Content.Sign(key).Encoded.ToArray());
    });

    [Fact]
    public void Roots_of_the_first_transactions_are_Geths() => EachCase.Holds(Golden.GetProperty("txRoots").EnumerateObject(), test => test.Name, test =>
    {
        ImmutableArray<Transaction> transactions = [.. Transactions().Take(int.Parse(test.Name, null)).Select(DecodeTransaction)];
        var chain = TestChain.Open(TestChain.GenesisOf(1));
        Block block = chain.Seal();
        Block altered = chain.Alter(block, header => header with { TransactionsRoot = Hash256.Parse(test.Value.GetString()) });
        Assert.NotEqual(
            (Enum)ChainError.WrongTransactionsRoot, chain.Chain.Import(new Block(altered.Header, transactions), TestChain.Now).Verdict.Error);
    });

    private static JsonElement.ArrayEnumerator Blocks() => Golden.GetProperty("blocks").EnumerateArray();

    private static JsonElement.ArrayEnumerator Transactions() => Golden.GetProperty("txs").EnumerateArray();

    private static JsonElement.ArrayEnumerator Probes() => Golden.GetProperty("rejects").EnumerateArray();

    private static string ProbeName(JsonElement probe) => probe.Text("name");

    private static Enum? Judge(JsonElement probe, CliqueEngine engine)
    {
        Dictionary<Hash256, BlockHeader> headers = ChainHeaders();
        BlockHeader header = Decode(probe);

        // Without a parent the ledger never asks the engine; then any header stands in, as in a header batch of Geth's.
        BlockHeader parent = headers.GetValueOrDefault(header.ParentHash) ?? headers.Values.First();
        ulong now = headers.Values.Max(known => known.Timestamp) + 1_000;
        return engine.VerifyHeader(header, parent, now, hash => headers.GetValueOrDefault(hash)).Error;
    }

    private static void AssertFields(JsonElement test, BlockHeader header)
    {
        Assert.Equal(test.Hash("parentHash"), header.ParentHash);
        Assert.Equal(test.Hash("sha3Uncles"), header.OmmersHash);
        Assert.Equal(test.Address("miner"), header.Beneficiary);
        Assert.Equal(test.Hash("stateRoot"), header.StateRoot);
        Assert.Equal(test.Hash("transactionsRoot"), header.TransactionsRoot);
        Assert.Equal(test.Hash("receiptsRoot"), header.ReceiptsRoot);
        Assert.Equal((UInt256)test.Number("difficulty"), header.Difficulty);
        Assert.Equal(test.Number("number"), header.Number);
        Assert.Equal(test.Number("gasLimit"), header.GasLimit);
        Assert.Equal(test.Number("gasUsed"), header.GasUsed);
        Assert.Equal(test.Number("timestamp"), header.Timestamp);
        Assert.Equal(test.Bytes("extraData"), header.ExtraData.ToArray());
        Assert.Equal(test.Hash("mixHash"), header.MixHash);
        Assert.Equal(test.Number("nonce"), header.Nonce);
    }

    private static string Name(JsonElement test) => $"block {test.GetProperty("number")}";

    private static CliqueEngine Engine(CliqueEngineOptions? options = null) => new(
        new ChainSpec
        {
            ChainId = (ulong)Golden.Number("chainId"),
            LondonBlock = null,
            CliquePeriodSeconds = (ulong)Golden.Number("period"),
            CliqueEpochLength = (ulong)Golden.Number("epoch"),
        },
        options);

    private static Dictionary<Hash256, BlockHeader> ChainHeaders() =>
        new[] { Golden.GetProperty("genesis") }.Concat(Blocks()).Select(Decode).ToDictionary(header => header.ComputeHash());

    private static BlockHeader Decode(JsonElement test)
    {
        Assert.True(BlockHeader.TryDecode(test.Bytes("rlp"), out BlockHeader? header).IsValid);
        return header!;
    }

    private static Transaction DecodeTransaction(JsonElement test)
    {
        Assert.True(TransactionCodec.TryDecode(test.Bytes("raw"), out Transaction? transaction).IsValid);
        return transaction!;
    }

    private static PrivateKey KeyOf(string name)
    {
        JsonElement key = Golden.GetProperty("keys").GetProperty(name);
        Assert.Equal(key.Address("address"), TestKeys.Of(name).Address);
        return PrivateKey.FromBytes(key.Bytes("priv"));
    }

    private static Address AccountOf(JsonElement name) => name.GetString()!.StartsWith("0x", StringComparison.Ordinal)
        ? Address.Parse(name.GetString())
        : KeyOf(name.GetString()!).Address;
}

using System.Collections.Immutable;
using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>A voting scenario: named accounts seal blocks that carry votes. Verified header by header by the engine.</summary>
internal sealed class Scenario
{
    private const ulong Period = 1;

    private readonly JsonElement _json;
    private CliqueEngine _engine;
    private readonly ChainSpec _spec;
    private readonly Dictionary<Hash256, BlockHeader> _headers = [];
    private readonly Dictionary<string, PrivateKey> _keys = [];

    public Scenario(JsonElement json)
    {
        _json = json;
        _spec = new ChainSpec { ChainId = 1, LondonBlock = null, CliquePeriodSeconds = Period, CliqueEpochLength = (ulong)json.Number("epoch") };
        _engine = new CliqueEngine(_spec);
    }

    /// <summary>Index of the block that was refused, and why; null where all were accepted.</summary>
    public (int Index, Enum Error)? Failure { get; private set; }

    /// <summary>The snapshot after the last block that was accepted.</summary>
    public CliqueSnapshot Final { get; private set; } = null!;

    /// <summary>The account of a letter; no letter stands for the account of zeros.</summary>
    public Address AccountOf(string name) => name.Length == 0 ? Address.Zero : KeyOf(name).Address;

    public Scenario Run()
    {
        ImmutableArray<Address> signers = [.. Names(_json.GetProperty("signers")).Select(AccountOf).Order()];
        BlockHeader parent = Header(null, CliqueExtraData.Unsealed([], signers), 0, Address.Zero, isAuthorized: false);
        Assert.True(_engine.VerifyGenesis(parent).IsValid);
        _headers[parent.ComputeHash()] = parent;
        int index = 0;
        foreach (JsonElement block in _json.GetProperty("blocks").EnumerateArray())
        {
            // Where Geth was given the rest as another batch, an engine that knows nothing of the blocks before goes on.
            if (block.Find("newbatch")?.GetBoolean() == true)
                _engine = new CliqueEngine(_spec);

            CliqueSnapshot snapshot = _engine.SnapshotAt(parent, parent.ComputeHash(), Find);
            PrivateKey key = KeyOf(block.Text("signer"));
            BlockHeader header = Next(parent, snapshot, block, key.Address);
            ValidationResult result = _engine.VerifyHeader(CliqueExtraData.Seal(header, key), parent, ulong.MaxValue, Find);
            if (!result.IsValid)
            {
                Failure = (index, result.Error);
                Final = snapshot;
                return this;
            }

            parent = CliqueExtraData.Seal(header, key);
            _headers[parent.ComputeHash()] = parent;
            index++;
        }

        Final = _engine.SnapshotAt(parent, parent.ComputeHash(), Find);

        // An engine that has seen nothing of this must come to the same from the headers alone.
        CliqueSnapshot again = new CliqueEngine(_spec).SnapshotAt(parent, parent.ComputeHash(), Find);
        Assert.Equal(Final.Signers, again.Signers);
        Assert.Equal(Final.Votes, again.Votes);
        return this;
    }

    private static IEnumerable<string> Names(JsonElement names) => names.EnumerateArray().Select(name => name.GetString()!);

    private BlockHeader? Find(Hash256 hash) => _headers.GetValueOrDefault(hash);

    // The letters' keys are those of the run on Geth, so that the order of addresses is the same.
    private PrivateKey KeyOf(string name)
    {
        if (!_keys.TryGetValue(name, out PrivateKey? key))
            _keys[name] = key = TestKeys.Of(name);

        return key;
    }

    private BlockHeader Next(BlockHeader parent, CliqueSnapshot snapshot, JsonElement block, Address signer)
    {
        ulong number = parent.Number + 1;
        bool isCheckpoint = _engine.Parameters.IsCheckpoint(number);
        ImmutableArray<Address> listed = block.Find("checkpoint") is { } list
            ? [.. Names(list).Select(AccountOf).Order()]
            : isCheckpoint ? snapshot.Signers : [];
        Address vote = block.Find("voted") is { } voted ? AccountOf(voted.GetString()!) : Address.Zero;
        BlockHeader header = Header(parent, CliqueExtraData.Unsealed([], listed), number, vote, block.Find("auth")?.GetBoolean() == true);
        return header with { Difficulty = snapshot.IsInTurn(number, signer) ? 2UL : 1UL };
    }

    private static BlockHeader Header(BlockHeader? parent, byte[] extraData, ulong number, Address vote, bool isAuthorized) => new()
    {
        ParentHash = parent?.ComputeHash() ?? Hash256.Zero,
        StateRoot = Hash256.Zero,
        TransactionsRoot = Hash256.Zero,
        ReceiptsRoot = Hash256.Zero,
        Beneficiary = vote,
        Difficulty = 1,
        Number = number,
        GasLimit = 8_000_000,
        GasUsed = 0,
        Timestamp = (parent?.Timestamp ?? 0) + Period,
        ExtraData = extraData,
        Nonce = isAuthorized ? CliqueSnapshot.NonceAuthorize : CliqueSnapshot.NonceDrop,
    };
}

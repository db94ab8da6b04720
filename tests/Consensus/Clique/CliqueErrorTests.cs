using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>Every error of Clique, and a way to get it.</summary>
public sealed class CliqueErrorTests
{
    private const ulong Epoch = 2;
    private static readonly ImmutableArray<PrivateKey> Keys = TestChain.Authorities(3);
    private static readonly ChainSpec Spec = new() { ChainId = 1, CliquePeriodSeconds = 5, CliqueEpochLength = Epoch };

    private static readonly Dictionary<CliqueError, Func<ValidationResult>> Ways = new()
    {
        [CliqueError.CheckpointBeneficiary] = () => Judge(2, header => header with { Beneficiary = Keys[0].Address }),
        [CliqueError.InvalidVote] = () => Judge(1, header => header with { Nonce = 1 }),
        [CliqueError.InvalidCheckpointVote] = () => Judge(2, header => header with { Nonce = CliqueSnapshot.NonceAuthorize }),
        [CliqueError.MissingVanity] = () => Judge(1, header => header with { ExtraData = new byte[31] }, seals: false),
        [CliqueError.MissingSeal] = () => Judge(1, header => header with { ExtraData = new byte[96] }, seals: false),
        [CliqueError.ExtraSigners] = () => Judge(1, header => header with { ExtraData = new byte[98] }),
        [CliqueError.InvalidCheckpointSigners] = () => Judge(2, header => header with { ExtraData = new byte[98] }),
        [CliqueError.NonZeroMixHash] = () => Judge(1, header => header with { MixHash = Keccak256.OfEmpty }),
        [CliqueError.NonEmptyOmmersHash] = () => Judge(1, header => header with { OmmersHash = Keccak256.OfEmpty }),
        [CliqueError.InvalidDifficulty] = () => Judge(1, header => header with { Difficulty = 3 }),
        [CliqueError.InvalidTimestamp] = () => Judge(1, header => header with { Timestamp = header.Timestamp - 1 }),
        [CliqueError.MismatchingCheckpointSigners] = () => Judge(
            2, header => header with { ExtraData = CliqueExtraData.Unsealed([], [Keys[0].Address, Keys[1].Address]) }),
        [CliqueError.InvalidSeal] = () => Judge(1, header => header with { ExtraData = new byte[97] }, seals: false),
        [CliqueError.SealNotCanonical] = () => JudgeHighS(),
        [CliqueError.UnauthorizedSigner] = () => Judge(1, header => header, key: TestChain.Key("stranger")),
        [CliqueError.RecentlySigned] = () => Judge(2, header => header, key: Keys[1]),
        [CliqueError.WrongDifficulty] = () => Judge(1, header => header with { Difficulty = 1 }),
        [CliqueError.InvalidGenesisSigners] = () => new CliqueEngine(Spec).VerifyGenesis(
            Genesis() with { ExtraData = CliqueExtraData.Unsealed([], [Keys[0].Address, Keys[0].Address]) }),
        [CliqueError.NoAuthorities] = JudgeAfterTheLastLeft,
        [CliqueError.CheckpointMismatch] = () => Judge(1, header => header, options: Trusting(1)),
    };

    public static TheoryData<CliqueError> Errors => [.. Enum.GetValues<CliqueError>()];

    [Theory]
    [MemberData(nameof(Errors))]
    public void Every_error_is_given_where_its_rule_is_broken(CliqueError error)
    {
        Assert.True(Ways.TryGetValue(error, out Func<ValidationResult>? way), $"No test gives {error}.");
        ValidationResult result = way();
        Assert.Equal(error, result.Error);
        Assert.False(string.IsNullOrWhiteSpace(result.Message));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    public void Unaltered_the_header_is_valid(ulong number) => Assert.True(Judge(number, header => header).IsValid);

    [Fact]
    public void A_genesis_that_is_not_the_trusted_checkpoint_is_refused()
    {
        Assert.Equal(CliqueError.CheckpointMismatch, new CliqueEngine(Spec, Trusting(0)).VerifyGenesis(Genesis()).Error);
        var trusted = new BlockReference(0, Genesis().ComputeHash());
        Assert.True(new CliqueEngine(Spec, new CliqueEngineOptions { TrustedCheckpoint = trusted }).VerifyGenesis(Genesis()).IsValid);
    }

    [Fact]
    public void A_block_of_another_number_than_the_trusted_checkpoints_is_judged_as_without_it()
    {
        Assert.True(Judge(1, header => header, options: Trusting(2)).IsValid);
        Assert.True(Judge(2, header => header, options: Trusting(1)).IsValid);
    }

    [Fact]
    public void A_high_s_is_taken_where_the_operator_says_so() => Assert.True(JudgeHighS(new CliqueEngineOptions { AcceptHighS = true }).IsValid);

    [Fact]
    public void A_period_or_epoch_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new CliqueEngine(Spec with { CliqueEpochLength = 0 }));
        Assert.Throws<ArgumentException>(() => new CliqueEngine(Spec with { CliquePeriodSeconds = CliqueParameters.MaxPeriodSeconds + 1 }));
        Assert.Equal(CliqueParameters.MaxPeriodSeconds, new CliqueEngine(Spec with { CliquePeriodSeconds = CliqueParameters.MaxPeriodSeconds }).Parameters.PeriodSeconds);
        Assert.Equal(ulong.MaxValue, new CliqueEngine(Spec with { CliqueEpochLength = ulong.MaxValue }).Parameters.EpochLength);
    }

    [Fact]
    public void A_genesis_without_signers_or_with_one_twice_is_refused()
    {
        var engine = new CliqueEngine(Spec);
        Assert.Equal(CliqueError.InvalidGenesisSigners, engine.VerifyGenesis(Genesis() with { ExtraData = new byte[97] }).Error);
        BlockHeader twice = Genesis() with { ExtraData = CliqueExtraData.Unsealed([], [Keys[0].Address, Keys[0].Address]) };
        Assert.Equal(CliqueError.InvalidGenesisSigners, engine.VerifyGenesis(twice).Error);
        Assert.Throws<ArgumentException>(() => CliqueExtraData.ForGenesis([]));
        Assert.Throws<ArgumentException>(() => CliqueExtraData.ForGenesis([Keys[0].Address, Keys[0].Address]));
    }

    [Fact]
    public void A_genesis_may_list_its_signers_in_any_order()
    {
        var engine = new CliqueEngine(Spec);
        BlockHeader genesis = Genesis() with { ExtraData = CliqueExtraData.Unsealed([], [Keys[2].Address, Keys[0].Address, Keys[1].Address]) };
        Assert.True(engine.VerifyGenesis(genesis).IsValid);
        CliqueSnapshot snapshot = engine.SnapshotAt(genesis, genesis.ComputeHash(), _ => null);
        Assert.Equal(Keys.Take(3).Select(key => key.Address).Order(), snapshot.Signers);
    }

    private static BlockHeader Genesis(int signers = 3) => Header(0, Hash256.Zero, TestChain.StartTime) with
    {
        ExtraData = CliqueExtraData.ForGenesis(Keys.Take(signers).Select(key => key.Address)),
        BaseFeePerGas = Chain.Blocks.Genesis.DefaultBaseFeePerGas,
    };

    // The verdict on block 1, or on block 2 (a checkpoint) after a block 1 that the second signer sealed in turn.
    private static ValidationResult Judge(
        ulong number, Func<BlockHeader, BlockHeader> change, PrivateKey? key = null, bool seals = true, CliqueEngineOptions? options = null)
    {
        var headers = new Dictionary<Hash256, BlockHeader>();
        BlockHeader parent = Remember(headers, Genesis());
        if (number == 2)
            parent = Remember(headers, CliqueExtraData.Seal(Next(parent), Keys[1]));

        BlockHeader altered = change(Next(parent));
        BlockHeader header = seals ? CliqueExtraData.Seal(altered, key ?? Keys[(int)number]) : altered;
        return new CliqueEngine(Spec, options).VerifyHeader(header, parent, TestChain.Now, hash => headers.GetValueOrDefault(hash));
    }

    private static ValidationResult JudgeHighS(CliqueEngineOptions? options = null)
    {
        BlockHeader genesis = Genesis();
        BlockHeader header = CliqueExtraData.Seal(Next(genesis), Keys[1]);
        Signature seal = CliqueRules.SealOf(header);
        var order = UInt256.FromBigEndian(Hex.Parse("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"));
        byte[] extraData = header.ExtraData.ToArray();
        new Signature(seal.R, order - seal.S, (byte)(1 - seal.RecoveryId)).CopyTo(extraData.AsSpan(32));
        return new CliqueEngine(Spec, options).VerifyHeader(header with { ExtraData = extraData }, genesis, TestChain.Now, _ => genesis);
    }

    // A single signer drops itself in block 1; nobody may seal block 2, a checkpoint that lists nobody.
    private static ValidationResult JudgeAfterTheLastLeft()
    {
        var headers = new Dictionary<Hash256, BlockHeader>();
        BlockHeader genesis = Remember(headers, Genesis(signers: 1));
        BlockHeader last = Remember(headers, CliqueExtraData.Seal(Next(genesis) with { Beneficiary = Keys[0].Address }, Keys[0]));
        BlockHeader after = CliqueExtraData.Seal(Next(last) with { ExtraData = CliqueExtraData.Unsealed([], []) }, Keys[0]);
        var engine = new CliqueEngine(Spec);
        Assert.True(engine.VerifyHeader(last, genesis, TestChain.Now, hash => headers.GetValueOrDefault(hash)).IsValid);
        return engine.VerifyHeader(after, last, TestChain.Now, hash => headers.GetValueOrDefault(hash));
    }

    private static CliqueEngineOptions Trusting(ulong number) => new() { TrustedCheckpoint = new BlockReference(number, Keccak256.OfEmpty) };

    private static BlockHeader Remember(Dictionary<Hash256, BlockHeader> headers, BlockHeader header) => headers[header.ComputeHash()] = header;

    private static BlockHeader Next(BlockHeader parent) =>
        Header(parent.Number + 1, parent.ComputeHash(), parent.Timestamp + Spec.CliquePeriodSeconds) with
        {
            BaseFeePerGas = HeaderRules.NextBaseFee(parent, Spec),
        };

    private static BlockHeader Header(ulong number, Hash256 parentHash, ulong timestamp) => new()
    {
        ParentHash = parentHash,
        StateRoot = Hash256.Zero,
        TransactionsRoot = Hash256.Zero,
        ReceiptsRoot = Hash256.Zero,
        Difficulty = number == 0 ? 1UL : 2UL,
        Number = number,
        GasLimit = 8_000_000,
        GasUsed = 4_000_000,
        Timestamp = timestamp,
        ExtraData = CliqueExtraData.Unsealed([], number % Epoch == 0 ? [.. Keys.Select(key => key.Address)] : []),
    };
}

using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;

namespace DerChain.Consensus.Tests.Validators;

public sealed class InProcessNetworkTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Address Recipient = TestChain.Key("recipient").Address;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(5, 0)]
    [InlineData(1, 5)]
    [InlineData(2, 5)]
    [InlineData(3, 5)]
    [InlineData(5, 5)]
    public void All_validators_end_with_the_same_bytes_for_any_number_of_threads(int count, int period)
    {
        string[] runs = [.. Enumerable.Range(1, 2).Select(threads =>
        {
            InProcessNetwork network = Network(count, period, threads);
            Run(network, blocks: 12);
            string[] copies = [.. network.Validators.Select(Describe)];
            Assert.All(copies, copy => Assert.Equal(copies[0], copy));
            return copies[0];
        })];
        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public void With_everyone_present_every_block_is_sealed_in_turn()
    {
        InProcessNetwork network = Network(5, 0, 1);
        Run(network, blocks: 10);
        Assert.All(network.Validators[0].Chain.Blocks(from: 1), block => Assert.Equal((UInt256)2, block.Header.Difficulty));
    }

    [Fact]
    public void On_demand_no_block_is_sealed_without_a_transaction()
    {
        InProcessNetwork network = Network(3, 0, 1);
        Assert.Null(network.TrySealNext(Milliseconds(100)));
        network.Submit([Transfer(0).Encoded], Milliseconds(100));
        Assert.NotNull(network.TrySealNext(Milliseconds(100)));
        Assert.Null(network.TrySealNext(Milliseconds(200)));
    }

    [Fact]
    public void Without_one_of_five_others_seal_its_turns_out_of_turn()
    {
        ImmutableArray<Validator> all = Network(5, 5, 1).Validators;
        Validator absent = all[2];
        var network = new InProcessNetwork([.. all.Where(validator => validator != absent)], threads: 1);
        Run(network, blocks: 10);
        Block[] blocks = [.. network.Validators[0].Chain.Blocks(from: 1)];
        Assert.DoesNotContain(absent.Address, blocks.Select(block => network.Validators[0].Chain.Engine.GetAuthor(block.Header)));
        Assert.All(blocks.Where(block => block.Number % 5 == 2), block => Assert.Equal(UInt256.One, block.Header.Difficulty));
        Assert.Equal((UInt256)2, blocks[0].Header.Difficulty);
        Assert.All(network.Validators, validator => Assert.Equal(Describe(network.Validators[0]), Describe(validator)));
    }

    [Fact]
    public void A_validator_that_was_away_catches_up()
    {
        ImmutableArray<Validator> all = Network(3, 0, 2).Validators;
        Run(new InProcessNetwork(all[..2], threads: 1), blocks: 6);
        Assert.Equal(0UL, all[2].Chain.Head.Header.Number);
        var network = new InProcessNetwork(all, threads: 2);
        network.CatchUp(Milliseconds(100_000));
        Assert.Equal(Describe(all[0]), Describe(all[2]));
        Assert.Equal(6UL, all[2].Chain.Head.Header.Number);
    }

    [Fact]
    public void A_validator_on_a_lighter_branch_catches_up()
    {
        ImmutableArray<Validator> all = Network(3, 5, 2).Validators;
        Run(new InProcessNetwork(all[..2], threads: 1), blocks: 4);
        Run(new InProcessNetwork(all[2..], threads: 1), blocks: 1);
        new InProcessNetwork(all, threads: 2).CatchUp(Milliseconds(100_000));
        Assert.Equal(Describe(all[0]), Describe(all[2]));
    }

    [Fact]
    public void The_fees_go_to_the_sealer()
    {
        InProcessNetwork network = Network(1, 0, 1);
        network.Submit([Transfer(0).Encoded], Milliseconds(1));
        network.TrySealNext(Milliseconds(1));
        Validator validator = network.Validators[0];
        Assert.Equal((UInt256)TestChain.Gwei * 21_000, validator.Chain.GetAccount(validator.Address).Balance);
    }

    [Fact]
    public void A_block_that_is_forged_or_altered_is_refused_by_everyone() => EachCase.Holds(
        new (string Name, Enum Error, Func<Block, PrivateKey, Block> Change)[]
        {
            ("forged seal", CliqueError.UnauthorizedSigner, (block, _) => Reseal(block, TestChain.Key("stranger"))),
            ("altered after sealing", CliqueError.UnauthorizedSigner, (block, _) => new(block.Header with { StateRoot = Hash256.Zero }, block.Transactions)),
            ("state root", ChainError.WrongStateRoot, (block, key) => Reseal(new(block.Header with { StateRoot = Hash256.Zero }, block.Transactions), key)),
            ("missing transaction", ChainError.WrongTransactionsRoot, (block, key) => Reseal(new(block.Header, []), key)),
        },
        test => test.Name,
        test =>
        {
            ImmutableArray<Validator> all = Network(3, 0, 1).Validators;
            var network = new InProcessNetwork([all[1]], threads: 1);
            network.Submit([Transfer(0).Encoded], Milliseconds(1));
            Block block = network.TrySealNext(Milliseconds(1))!;
            Block wrong = test.Change(block, TestChain.Authorities(3)[1]);
            foreach (Validator validator in new[] { all[0], all[2] })
            {
                ImportResult result = validator.ReceiveBlock(wrong.Encode(), Milliseconds(1));
                Assert.Equal(ImportOutcome.Rejected, result.Outcome);
                Assert.Equal(test.Error, result.Verdict.Error);
                Assert.Equal(ImportOutcome.Rejected, validator.ReceiveBlock(wrong.Encode().AsSpan(1), Milliseconds(1)).Outcome);
                Assert.Equal(0UL, validator.Chain.Head.Header.Number);
                Assert.Equal(ImportOutcome.NewHead, validator.ReceiveBlock(block.Encode(), Milliseconds(1)).Outcome);
            }
        });

    [Fact]
    public void A_forbidden_transaction_is_refused_at_admission_and_in_a_block()
    {
        ImmutableArray<Validator> strict = [.. TestChain.Authorities(3).Select(key => Open(key, 3, 0, new NoPayloadRule()))];
        Transaction forbidden = TestChain.Transfer(Alice, 0, Recipient, data: [1], gasLimit: 30_000);
        var network = new InProcessNetwork(strict, threads: 1);
        Assert.Equal(ChainError.ForbiddenByRule, network.Submit([forbidden.Encoded], Milliseconds(1)).Single().Error);

        Validator rogue = Network(3, 0, 1).Validators[1];
        var alone = new InProcessNetwork([rogue], threads: 1);
        alone.Submit([forbidden.Encoded], Milliseconds(1));
        byte[] encoded = alone.TrySealNext(Milliseconds(1))!.Encode();
        Assert.All(strict, validator => Assert.Equal(ChainError.ForbiddenByRule, validator.ReceiveBlock(encoded, Milliseconds(1)).Verdict.Error));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_network_whose_validators_disagree_says_who_refuses_what(int threads)
    {
        ImmutableArray<PrivateKey> keys = TestChain.Authorities(3);
        var network = new InProcessNetwork(
            [Open(keys[1], 3, 0), Open(keys[0], 3, 0, new NoPayloadRule()), Open(keys[2], 3, 0, new NoPayloadRule())], threads);
        network.Submit([TestChain.Transfer(Alice, 0, Recipient, data: [1], gasLimit: 30_000).Encoded], Milliseconds(1));
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => network.TrySealNext(Milliseconds(1)));
        Assert.Contains("ForbiddenByRule", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Who_refuses_a_block_that_it_lacks_is_named_and_the_others_catch_up_one_beside_the_other(int threads)
    {
        ImmutableArray<PrivateKey> keys = TestChain.Authorities(5);
        Validator best = Open(keys[1], 5, 0);
        var alone = new InProcessNetwork([best], threads: 1);
        alone.Submit([TestChain.Transfer(Alice, 0, Recipient, data: [1], gasLimit: 30_000).Encoded], Milliseconds(1));
        Assert.NotNull(alone.TrySealNext(Milliseconds(1)));
        Validator strict = Open(keys[0], 5, 0, new NoPayloadRule());
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => new InProcessNetwork([strict, best], threads).CatchUp(Milliseconds(2)));
        Assert.StartsWith($"Validator {strict.Address} refuses block 1: ForbiddenByRule", exception.Message, StringComparison.Ordinal);

        ImmutableArray<Validator> behind = [.. keys[2..].Select(key => Open(key, 5, 0))];
        new InProcessNetwork([best, .. behind], threads).CatchUp(Milliseconds(2));
        Assert.All(behind, validator => Assert.Equal(Describe(best), Describe(validator)));
    }

    [Fact]
    public void A_validator_wants_the_engine_of_its_chain() => Assert.Throws<ArgumentException>(() =>
        new Validator(Alice, TestChain.Open(TestChain.GenesisOf(1)).Chain, new CliqueEngine(new ChainSpec { ChainId = 1 })));

    private static ulong Milliseconds(ulong offset) => TestChain.StartTime * 1000 + offset;

    private static InProcessNetwork Network(int count, int period, int threads) =>
        new([.. TestChain.Authorities(count).Select(key => Open(key, count, period))], threads);

    private static Validator Open(PrivateKey key, int count, int period, ITransactionRule? rule = null)
    {
        var spec = new ChainSpec { ChainId = 202211, CliquePeriodSeconds = (ulong)period, CliqueEpochLength = 7 };
        Genesis genesis = TestChain.GenesisOf(count, spec, Alice);
        var engine = new CliqueEngine(spec);
        return new Validator(key, Blockchain.Open(new MemoryStore(), genesis, engine, rule), engine);
    }

    private static Transaction Transfer(ulong nonce) => TestChain.Transfer(Alice, nonce, Recipient, value: 1);

    // Virtual time in steps of a tenth of a second; a transaction every step.
    private static void Run(InProcessNetwork network, int blocks)
    {
        ulong nonce = network.Validators[0].Chain.GetAccount(Alice.Address).Nonce;
        int made = 0;
        for (ulong step = 1; made < blocks; step++)
        {
            Assert.True(step < 10_000, "The network stands still.");
            ulong now = Milliseconds(step * 100);
            if (step % 4 == 1)
                Assert.True(network.Submit([Transfer(nonce++).Encoded], now).Single().IsValid);

            if (network.TrySealNext(now) is not null)
                made++;
        }
    }

    private static Block Reseal(Block block, PrivateKey key) => new(
        CliqueExtraData.Seal(block.Header, key), block.Transactions);

    private static string Describe(Validator validator) =>
        $"{validator.Chain.Head.Hash} {validator.Chain.Head.Header.StateRoot} {string.Join(',', validator.Chain.Blocks().Select(block => Hex.Format(block.Encode())))}";

    private sealed class NoPayloadRule : ITransactionRule
    {
        public string Identity => "no payload";

        public TransactionRuleState InitialState { get; } = new Stateless();

        public TransactionRuleResult Apply(TransactionRuleState state, ulong unixSeconds, Address sender, Address recipient, ReadOnlySpan<byte> payload) =>
            payload.IsEmpty ? TransactionRuleResult.Admit(state) : TransactionRuleResult.Forbid("There is a payload.");

        public TransactionRuleState DecodeState(ReadOnlySpan<byte> bytes) => InitialState;

        private sealed class Stateless : TransactionRuleState
        {
            public override byte[] Encode() => [0];
        }
    }
}

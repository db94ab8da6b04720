using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Consensus.Tests.Clique;

public sealed class CliqueFinalityTests
{
    private static readonly CliqueParameters Parameters = new(0, 30_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public void With_a_constant_set_the_block_half_the_signers_below_the_head_is_final(int signers)
    {
        var chain = new Chain(signers);
        for (int number = 1; number <= 3 * signers + 2; number++)
        {
            chain.Seal(chain.InTurn());
            int expected = number - signers / 2;
            Assert.Equal(expected > 0 ? chain.Reference(expected) : null, chain.Final());
        }
    }

    // Who may seal with the others dead is bound by the limit, so that nothing changes but whose turn it is.
    [Theory]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    [InlineData(10, 6)]
    public void With_as_many_dead_as_may_be_finality_goes_on_out_of_turn(int signers, int alive)
    {
        var chain = new Chain(signers);
        for (int number = 1; number <= 40; number++)
        {
            chain.Seal(chain.Legal().First(signer => signer <= alive));
            int expected = number - signers / 2;
            Assert.Equal(expected > 0 ? chain.Reference(expected) : null, chain.Final());
        }
    }

    [Fact]
    public void Genesis_is_never_named() => Assert.Null(new Chain(1).Final());

    [Fact]
    public void When_one_signer_becomes_two_finality_waits_for_the_second()
    {
        var chain = new Chain(1);
        chain.Seal(1);
        Assert.Equal(chain.Reference(1), chain.Final());

        // The block that admits the second is final by the old set and not by the new one.
        chain.Seal(1, vote: 2, authorizes: true);
        Assert.Null(chain.Final());
        chain.Seal(2);
        Assert.Equal(chain.Reference(2), chain.Final());
        chain.Seal(1);
        Assert.Equal(chain.Reference(3), chain.Final());
    }

    [Fact]
    public void When_two_signers_become_one_both_have_sealed_on_what_is_final()
    {
        var chain = new Chain(2);
        chain.Seal(1, vote: 2);
        chain.Seal(2, vote: 2);
        Assert.Equal([1], chain.Signers);
        Assert.Equal(chain.Reference(1), chain.Final());
        chain.Seal(1);
        Assert.Equal(chain.Reference(3), chain.Final());
    }

    [Fact]
    public void A_signer_that_was_dropped_counts_for_the_set_it_was_in_and_not_for_the_one_after()
    {
        var chain = new Chain(3);
        chain.Seal(1, vote: 3);
        chain.Seal(3);
        chain.Seal(2, vote: 3);
        Assert.Equal([1, 2], chain.Signers);

        // 3 and 2 are two of the three that could seal block 2, but 3 is none of the two that can seal on block 3.
        Assert.Equal(chain.Reference(1), chain.Final());
    }

    [Fact]
    public void Where_nobody_is_left_nothing_more_is_final()
    {
        var chain = new Chain(1);
        chain.Seal(1, vote: 1);
        Assert.Empty(chain.Signers);
        Assert.Null(chain.Final());
    }

    [Fact]
    public void No_more_is_read_than_is_needed()
    {
        var chain = new Chain(10);
        for (int number = 1; number <= 50; number++)
            chain.Seal(chain.InTurn());

        chain.Final();
        Assert.Equal((6, 1), (chain.Read, chain.Asked));
    }

    [Fact]
    public void On_random_chains_the_final_block_is_that_of_the_definition()
    {
        (int found, int changed) = (0, 0);
        for (ulong seed = 0; seed < 2_000; seed++)
        {
            var random = new FuzzRandom(seed);
            var chain = new Chain(1 + random.Below(7));
            for (int number = 1; number <= 40 && chain.Legal().Length > 0; number++)
            {
                int before = chain.Signers.Length;
                bool votes = random.OneIn(2);
                int account = votes ? 1 + random.Below(9) : 0;
                chain.Seal(random.Pick(chain.Legal()), account, votes && !chain.Signers.Contains(account));
                changed += chain.Signers.Length == before ? 0 : 1;
                BlockReference? expected = chain.FinalByDefinition();
                found += expected is null ? 0 : 1;
                Assert.True(expected == chain.Final(), $"Seed {seed}, after block {number}: {expected} and {chain.Final()}");
            }
        }

        Assert.True(found > 10_000 && changed > 2_000, $"{found} {changed}");
    }

    // A chain without seals, kept whole: block n is sealed by _signers[n], and _snapshots[n] is the snapshot after it.
    private sealed class Chain
    {
        private readonly List<SealedBlock> _blocks = [];
        private readonly List<CliqueSnapshot> _snapshots = [];

        public Chain(int signers)
        {
            BlockHeader genesis = NaiveComparison.Genesis(Enumerable.Range(1, signers));
            _blocks.Add(new SealedBlock(genesis, genesis.ComputeHash(), default));
            _snapshots.Add(CliqueSnapshot.AtGenesis(genesis));
        }

        public int[] Signers => [.. _snapshots[^1].Signers.Select(NaiveComparison.AccountOf)];

        /// <summary>How many blocks the last answer read, and of how many it asked for the snapshot before.</summary>
        public int Read { get; private set; }

        public int Asked { get; private set; }

        public int InTurn() => Signers[_blocks.Count % Signers.Length];

        public int[] Legal() =>
            [.. Signers.Where(signer => _snapshots[^1].SignedRecently((ulong)_blocks.Count, NaiveComparison.Addresses[signer]) is null)];

        public void Seal(int signer, int vote = 0, bool authorizes = false)
        {
            BlockHeader header = NaiveComparison.Header(_blocks.Count, _blocks[^1].Hash, new NaiveBlock(signer, vote, authorizes, 1, []));
            Address address = NaiveComparison.Addresses[signer];
            Assert.Null(SnapshotTransition.TryApply(_snapshots[^1], header, address, Parameters, out CliqueSnapshot? after));
            _blocks.Add(new SealedBlock(header, header.ComputeHash(), address));
            _snapshots.Add(after!);
        }

        public BlockReference Reference(int number) => new((ulong)number, _blocks[number].Hash);

        public BlockReference? Final()
        {
            (Read, Asked) = (0, 0);
            return Finality.Find(_snapshots[^1], FromHead(), block =>
            {
                Asked++;
                return _snapshots[(int)block.Header.Number - 1];
            });
        }

        /// <summary>The same from its definition: every block is tried, and all signers are counted anew for each.</summary>
        public BlockReference? FinalByDefinition()
        {
            int head = _blocks.Count - 1;
            for (int number = head; number > Math.Max(0, head - 3 * Signers.Length); number--)
            {
                Address[] since = [.. _blocks.Skip(number).Select(block => block.Signer).Distinct()];
                bool isFinal = new[] { _snapshots[number - 1], _snapshots[head] }
                    .All(snapshot => 2 * snapshot.Signers.Intersect(since).Count() > snapshot.Signers.Length);
                if (isFinal)
                    return Reference(number);
            }

            return null;
        }

        private IEnumerable<SealedBlock> FromHead()
        {
            for (int number = _blocks.Count - 1; number > 0; number--)
            {
                Read++;
                yield return _blocks[number];
            }
        }
    }
}

using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Tests.Shared.Fuzzing;
using Xunit.Sdk;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>Random chains under the library and under the naive implementation: signers, votes, epochs, blocks that break a rule, and the chain asked for
/// in parts by several copies.</summary>
public sealed class NaiveRandomTests
{
    private const int Chains = 50_000;
    private const ulong FirstSeed = 225;

    [Fact]
    public void Random_chains_get_the_verdicts_and_snapshots_of_the_naive_implementation()
    {
        var seen = new Dictionary<string, int>();
        for (ulong seed = FirstSeed; seed < FirstSeed + Chains; seed++)
        {
            try
            {
                new RandomChain(new FuzzRandom(seed), seen).Run();
            }
            catch (Exception exception) when (exception is XunitException or ArgumentException)
            {
                throw new XunitException($"Seed {seed}: {exception.Message}");
            }
        }

        // The chains are worth something only where they come upon every verdict, and upon authorities that are admitted and dropped.
        Assert.All(
            (string[])[
                "valid", nameof(CliqueError.CheckpointBeneficiary), nameof(CliqueError.InvalidCheckpointVote), nameof(CliqueError.ExtraSigners),
                nameof(CliqueError.InvalidDifficulty), nameof(CliqueError.MismatchingCheckpointSigners), nameof(CliqueError.NoAuthorities),
                nameof(CliqueError.UnauthorizedSigner), nameof(CliqueError.RecentlySigned), nameof(CliqueError.WrongDifficulty), "admitted", "dropped",
            ],
            verdict => Assert.True(seen.GetValueOrDefault(verdict) > 500, $"{verdict}: {seen.GetValueOrDefault(verdict)}"));
    }

    private sealed class RandomChain
    {
        private const int LastAccount = 9;

        private readonly FuzzRandom _random;
        private readonly Dictionary<string, int> _seen;
        private readonly int[] _genesisSigners;
        private readonly int _epoch;
        private readonly CliqueParameters _parameters;
        private readonly ulong _noteInterval;
        private readonly List<NaiveBlock> _blocks = [];
        private readonly Dictionary<Hash256, BlockHeader> _headers = [];
        private readonly Dictionary<Hash256, byte[]> _notes = [];
        private readonly SnapshotHistory _history;
        private (BlockHeader Header, Hash256 Hash) _head;

        public RandomChain(FuzzRandom random, Dictionary<string, int> seen)
        {
            _random = random;
            _seen = seen;
            int first = 1 + random.Below(3);
            _genesisSigners = [.. Enumerable.Range(first, 1 + random.Below(7))];
            _epoch = 1 + random.Below(20);
            _parameters = new CliqueParameters(0, (ulong)_epoch);
            _noteInterval = 1 + (ulong)random.Below(8);
            _history = NewHistory(withNotes: false);
            Add(NaiveComparison.Genesis(_genesisSigners));
        }

        public void Run()
        {
            int attempts = 2 + _random.Below(_random.OneIn(50) ? 80 : 22);
            for (int attempt = 0; attempt < attempts; attempt++)
                Try();

            AskAnotherCopy();
        }

        private void Try()
        {
            var naive = new NaiveClique(_genesisSigners, _epoch, _blocks);
            CliqueSnapshot snapshot = _history.At(_head.Header, _head.Hash, _headers.GetValueOrDefault);
            if (NaiveComparison.Difference(naive, snapshot) is { } difference)
                throw new XunitException($"After {_blocks.Count} blocks: {difference}");

            NaiveBlock block = Propose(naive);
            BlockHeader header = NaiveComparison.Header(_blocks.Count + 1, _head.Hash, block);
            string? expected = naive.Verdict(block);
            Assert.Equal(expected, Judge(header, snapshot, NaiveComparison.Addresses[block.Signer])?.ToString());
            Count(expected ?? "valid");
            if (expected is not null)
                return;

            _blocks.Add(block);
            Add(header);
            CliqueSnapshot after = _history.At(_head.Header, _head.Hash, _headers.GetValueOrDefault);
            if (after.Signers.Length != snapshot.Signers.Length)
                Count(after.Signers.Length > snapshot.Signers.Length ? "admitted" : "dropped");

            if (_random.OneIn(8))
                AskAnotherCopy();
        }

        // Another copy of the chain, which has seen nothing of it, or has the notes of the first.
        private void AskAnotherCopy()
        {
            SnapshotHistory other = NewHistory(withNotes: _random.OneIn(2));
            CliqueSnapshot snapshot = other.At(_head.Header, _head.Hash, _headers.GetValueOrDefault);
            var naive = new NaiveClique(_genesisSigners, _epoch, _blocks);
            if (NaiveComparison.Difference(naive, snapshot) is { } difference)
                throw new XunitException($"Asked for the first time after {_blocks.Count} blocks: {difference}");

            Assert.Equal(_notes.GetValueOrDefault(_head.Hash), other.NoteAfter(_head.Header, _head.Hash, _headers.GetValueOrDefault));
        }

        private NaiveBlock Propose(NaiveClique naive)
        {
            int number = _blocks.Count + 1;
            bool isCheckpoint = naive.IsCheckpoint(number);
            int[] legal = [.. Enumerable.Range(0, LastAccount + 1).Where(naive.MaySeal)];
            int signer = legal.Length == 0 || _random.OneIn(12) ? _random.Below(LastAccount + 1) : _random.Pick(legal);
            int difficulty = naive.Signers.Count == 0 || _random.OneIn(20) ? _random.Below(4) : naive.DifficultyOf(signer);
            bool votes = isCheckpoint ? _random.OneIn(20) : !_random.OneIn(4);

            // Few accounts are voted on at a time, so that votes meet.
            int account = votes ? Math.Max(0, _random.Below(3) + (number / 10) * 2 % LastAccount) : 0;
            bool authorizes = isCheckpoint ? _random.OneIn(20) : votes && naive.Signers.Contains(account) == _random.OneIn(6);
            int[] listed = isCheckpoint ? [.. naive.Signers] : [];
            if (_random.OneIn(20))
                listed = [.. listed.Skip(1), .. Enumerable.Range(1, _random.Below(2))];

            return new NaiveBlock(signer, account, authorizes, difficulty, listed);
        }

        private Enum? Judge(BlockHeader header, CliqueSnapshot snapshot, Address signer)
        {
            ValidationResult result = CliqueRules.CheckShape(header, ulong.MaxValue, _parameters);
            return (result.IsValid ? CliqueRules.CheckSeal(header, snapshot, signer, _parameters) : result).Error;
        }

        private void Add(BlockHeader header)
        {
            _head = (header, header.ComputeHash());
            _headers[_head.Hash] = header;
            if (_history.NoteAfter(header, _head.Hash, _headers.GetValueOrDefault) is { } note)
                _notes[_head.Hash] = note;
        }

        private SnapshotHistory NewHistory(bool withNotes) => new(
            _parameters,
            (header, _) => NaiveComparison.Addresses[header.ExtraData.Span[0]],
            withNotes ? _notes.GetValueOrDefault : null,
            _noteInterval);

        private void Count(string verdict) => _seen[verdict] = _seen.GetValueOrDefault(verdict) + 1;
    }
}

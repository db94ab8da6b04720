using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using Xunit.Sdk;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>Every short chain: each signer that may seal, times no vote or the admission or drop of one of four accounts.</summary>
public sealed class NaiveExhaustiveTests
{
    private const int Length = 5;
    private const int Voted = 4;

    // How many chains there are depends on the rules: a walk that misses some does not pass for a walk of all.
    [Theory]
    [InlineData(1, 30_000, 53_740)]
    [InlineData(2, 30_000, 165_511)]
    [InlineData(3, 30_000, 2_754_730)]
    [InlineData(1, 3, 5_954)]
    [InlineData(2, 3, 17_267)]
    [InlineData(3, 3, 323_746)]
    public void Every_chain_of_up_to_5_blocks_ends_as_in_the_naive_implementation(int signers, int epoch, int chains)
    {
        var walk = new Walk(signers, epoch);
        walk.Run(CliqueSnapshot.AtGenesis(NaiveComparison.Genesis(Enumerable.Range(1, signers))));
        Assert.Equal(chains, walk.Chains);
    }

    // Depth first, so that the library's snapshots are those of the shared beginnings; the naive implementation begins anew for every chain.
    private sealed class Walk(int signers, int epoch)
    {
        private readonly CliqueParameters _parameters = new(0, (ulong)epoch);
        private readonly List<NaiveBlock> _blocks = [];
        private readonly BlockHeader[][] _headers = [.. Enumerable.Range(1, Length).Select(HeadersOf)];

        public int Chains { get; private set; }

        public void Run(CliqueSnapshot snapshot)
        {
            var naive = new NaiveClique(Enumerable.Range(1, signers), epoch, _blocks);
            if (NaiveComparison.Difference(naive, snapshot) is { } difference)
                throw Failed(difference);

            Chains++;
            if (_blocks.Count < Length)
                Extend(snapshot, naive);
        }

        private void Extend(CliqueSnapshot snapshot, NaiveClique naive)
        {
            ulong number = (ulong)_blocks.Count + 1;
            BlockHeader[] headers = _headers[_blocks.Count];
            int choices = naive.IsCheckpoint((int)number) ? 1 : headers.Length;
            for (int signer = 1; signer <= Voted; signer++)
            {
                Address address = NaiveComparison.Addresses[signer];
                bool maySeal = naive.MaySeal(signer);
                if (maySeal != (snapshot.IsSigner(address) && snapshot.SignedRecently(number, address) is null))
                    throw Failed($"whether {signer} may seal");

                if (!maySeal)
                    continue;

                if ((ulong)naive.DifficultyOf(signer) != CliqueRules.DifficultyOf(snapshot, number, address))
                    throw Failed($"the difficulty for {signer}");

                for (int choice = 0; choice < choices; choice++)
                    Descend(snapshot, headers[choice], signer);
            }
        }

        private void Descend(CliqueSnapshot snapshot, BlockHeader header, int signer)
        {
            if (SnapshotTransition.TryApply(snapshot, header, NaiveComparison.Addresses[signer], _parameters, out CliqueSnapshot? after) is { } error)
                throw Failed($"{error} for {signer}");

            _blocks.Add(BlockOf(NaiveComparison.AccountOf(header.Beneficiary), header.Nonce == CliqueSnapshot.NonceAuthorize, signer));
            Run(after!);
            _blocks.RemoveAt(_blocks.Count - 1);
        }

        private XunitException Failed(string what) =>
            new($"{signers} signers, epoch {epoch}, {what}, after {string.Join("; ", _blocks.Select(block => $"{block.Signer}: {block.Account} {block.Authorizes}"))}");

        private static BlockHeader[] HeadersOf(int number) =>
        [
            NaiveComparison.Header(number, Hash256.Zero, BlockOf(0, false, 0)),
            .. from account in Enumerable.Range(1, Voted)
               from authorizes in (bool[])[true, false]
               select NaiveComparison.Header(number, Hash256.Zero, BlockOf(account, authorizes, 0)),
        ];

        private static NaiveBlock BlockOf(int account, bool authorizes, int signer) => new(signer, account, authorizes, 1, []);
    }
}

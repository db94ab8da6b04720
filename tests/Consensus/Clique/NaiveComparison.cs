using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>Translates between the library and <see cref="NaiveClique"/>, and compares what they say.</summary>
internal static class NaiveComparison
{
    public const int Accounts = 12;

    /// <summary>Addresses by account, in ascending order; the first is all zeros.</summary>
    public static readonly ImmutableArray<Address> Addresses =
        [.. Enumerable.Range(0, Accounts).Select(account => Address.FromBytes([(byte)(account * 20), .. new byte[19]]))];

    private static readonly Dictionary<Address, int> ByAddress = Addresses.Select((address, account) => (address, account)).ToDictionary();

    public static int AccountOf(Address address) => ByAddress[address];

    public static BlockHeader Genesis(IEnumerable<int> signers) => Header(0, Hash256.Zero, new NaiveBlock(0, 0, false, 1, [.. signers.Order()]));

    public static BlockHeader Header(int number, Hash256 parent, NaiveBlock block) => new()
    {
        ParentHash = parent,
        StateRoot = Hash256.Zero,
        TransactionsRoot = Hash256.Zero,
        ReceiptsRoot = Hash256.Zero,
        Beneficiary = Addresses[block.Account],
        Difficulty = (ulong)block.Difficulty,
        Number = (ulong)number,
        GasLimit = 8_000_000,
        GasUsed = 0,
        Timestamp = (ulong)number,
        // The seal is empty; the signer in the vanity makes headers of different signers differ.
        ExtraData = CliqueExtraData.Unsealed([(byte)block.Signer], [.. block.Listed.Select(account => Addresses[account])]),
        Nonce = block.Authorizes ? CliqueSnapshot.NonceAuthorize : CliqueSnapshot.NonceDrop,
    };

    /// <summary>What differs between the two; null where nothing does.</summary>
    public static string? Difference(NaiveClique naive, CliqueSnapshot snapshot)
    {
        if (!SameSigners(naive.Signers, snapshot.Signers))
            return $"signers: {string.Join(' ', naive.Signers)} and {string.Join(' ', snapshot.Signers.Select(AccountOf))}";

        List<(int Number, int Signer)> recents = naive.Recents();
        if (!SameRecents(recents, snapshot))
            return $"recents: {string.Join(' ', recents)} and {string.Join(' ', snapshot.Recents)}";

        if (!SameVotes(naive.Votes, snapshot.Votes))
            return $"votes: {string.Join(' ', naive.Votes)} and {string.Join(' ', snapshot.Votes)}";

        return SameTallies(naive, snapshot) ? null : $"tallies: {string.Join(' ', naive.Tally())} and {string.Join(' ', snapshot.Tallies)}";
    }

    private static bool SameSigners(IReadOnlyList<int> naive, ImmutableArray<Address> signers)
    {
        bool isSame = naive.Count == signers.Length;
        for (int index = 0; isSame && index < signers.Length; index++)
            isSame = Addresses[naive[index]] == signers[index];

        return isSame;
    }

    private static bool SameRecents(List<(int Number, int Signer)> naive, CliqueSnapshot snapshot)
    {
        ImmutableArray<Address> recent = snapshot.RecentSigners;
        bool isSame = naive.Count == recent.Length;
        for (int index = 0; isSame && index < recent.Length; index++)
            isSame = (ulong)naive[index].Number == snapshot.Number + 1 - (ulong)(recent.Length - index) && Addresses[naive[index].Signer] == recent[index];

        return isSame;
    }

    private static bool SameVotes(IReadOnlyList<NaiveVote> naive, ImmutableList<Vote> votes)
    {
        if (naive.Count != votes.Count)
            return false;

        int index = 0;
        foreach (Vote vote in votes)
        {
            NaiveVote other = naive[index++];
            if (new Vote(Addresses[other.Signer], (ulong)other.Number, Addresses[other.Account], other.Authorizes) != vote)
                return false;
        }

        return true;
    }

    private static bool SameTallies(NaiveClique naive, CliqueSnapshot snapshot)
    {
        Dictionary<int, (int For, int Against)> tallies = naive.Tally();
        if (tallies.Count != snapshot.Tallies.Count)
            return false;

        foreach ((int account, (int yes, int no)) in tallies)
        {
            // Both directions at once would have no equal here.
            if (Math.Min(yes, no) > 0 || snapshot.Tallies.GetValueOrDefault(Addresses[account]) != new Tally(yes > 0, yes + no))
                return false;
        }

        return true;
    }
}

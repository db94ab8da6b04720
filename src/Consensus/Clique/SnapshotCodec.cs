using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Consensus.Clique;

/// <summary>The encoding of a stored snapshot (docs/spec/clique.md, CLQ-36): one for each snapshot.</summary>
/// <remarks>
/// RLP list: version 1; number; list of signers, ascending; list of recent signers, oldest first; list of votes in the order they were cast, each a list
/// of signer, number and account. What follows from the rest is not written, so that it cannot contradict it: the block of a recent signer follows from
/// its place, a vote's direction from whether the account is an authority (whenever that changes, the votes on it go), the tallies from the votes.
/// </remarks>
internal static class SnapshotCodec
{
    private const ulong Version = 1;

    /// <summary>The encoding.</summary>
    public static byte[] Encode(CliqueSnapshot snapshot)
    {
        using var writer = new RlpWriter();
        int list = writer.StartList();
        writer.Write(Version);
        writer.Write(snapshot.Number);
        Write(writer, snapshot.Signers);
        Write(writer, snapshot.RecentSigners);
        int votes = writer.StartList();
        foreach (Vote vote in snapshot.Votes)
        {
            int start = writer.StartList();
            writer.Write(vote.Signer);
            writer.Write(vote.Number);
            writer.Write(vote.Account);
            writer.EndList(start);
        }

        writer.EndList(votes);
        writer.EndList(list);
        return writer.ToArray();
    }

    /// <summary>Reads an encoding. Any bytes that <see cref="Encode"/> does not write for a snapshot of some chain's form are refused; nothing throws.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, out CliqueSnapshot? snapshot)
    {
        snapshot = null;
        var reader = new RlpReader(encoded);
        RlpReader fields = reader.ReadList();
        ulong version = fields.ReadUInt64();
        ulong number = fields.ReadUInt64();
        ImmutableArray<Address> signers = ReadAddresses(ref fields);
        ImmutableArray<Address> recent = ReadAddresses(ref fields);
        ImmutableList<Vote> votes = ReadVotes(ref fields, signers);
        reader.Close(fields);
        if (reader.Finish() != RlpError.None || version != Version)
            return false;

        if (!IsAscending(signers) || !IsWindow(recent, number, signers.Length) || !AreStanding(votes, number, signers))
            return false;

        snapshot = new CliqueSnapshot(number, signers, recent, votes, TalliesOf(votes));
        return true;
    }

    private static void Write(RlpWriter writer, ImmutableArray<Address> addresses)
    {
        int list = writer.StartList();
        foreach (Address address in addresses)
            writer.Write(address);

        writer.EndList(list);
    }

    private static ImmutableArray<Address> ReadAddresses(ref RlpReader fields)
    {
        var addresses = ImmutableArray.CreateBuilder<Address>();
        RlpReader list = fields.ReadList();
        while (list.HasMore)
            addresses.Add(list.ReadAddress());

        fields.Close(list);
        return addresses.ToImmutable();
    }

    private static ImmutableList<Vote> ReadVotes(ref RlpReader fields, ImmutableArray<Address> signers)
    {
        var votes = ImmutableList.CreateBuilder<Vote>();
        RlpReader list = fields.ReadList();
        while (list.HasMore)
        {
            RlpReader vote = list.ReadList();
            Address signer = vote.ReadAddress();
            ulong number = vote.ReadUInt64();
            Address account = vote.ReadAddress();
            list.Close(vote);
            votes.Add(new Vote(signer, number, account, Authorizes: signers.BinarySearch(account) < 0));
        }

        fields.Close(list);
        return votes.ToImmutable();
    }

    private static bool IsAscending(ImmutableArray<Address> signers)
    {
        for (int index = 1; index < signers.Length; index++)
        {
            if (signers[index - 1] >= signers[index])
                return false;
        }

        return true;
    }

    // Every block but genesis was sealed by someone, and nobody seals twice within the limit.
    private static bool IsWindow(ImmutableArray<Address> recent, ulong number, int signers) =>
        recent.IsEmpty == (number == 0)
        && (ulong)recent.Length <= number
        && recent.Length <= CliqueSnapshot.LimitOf(signers)
        && recent.Distinct().Count() == recent.Length;

    // A block casts one vote at most; who is no authority any more has none, and on one account an authority has one.
    private static bool AreStanding(ImmutableList<Vote> votes, ulong number, ImmutableArray<Address> signers)
    {
        var cast = new HashSet<(Address Signer, Address Account)>();
        ulong last = 0;
        foreach (Vote vote in votes)
        {
            if (vote.Number <= last || vote.Number > number || signers.BinarySearch(vote.Signer) < 0 || !cast.Add((vote.Signer, vote.Account)))
                return false;

            last = vote.Number;
        }

        return true;
    }

    private static ImmutableSortedDictionary<Address, Tally> TalliesOf(ImmutableList<Vote> votes)
    {
        var tallies = ImmutableSortedDictionary.CreateBuilder<Address, Tally>();
        foreach (Vote vote in votes)
            tallies[vote.Account] = new Tally(vote.Authorizes, tallies.GetValueOrDefault(vote.Account).Count + 1);

        return tallies.ToImmutable();
    }
}

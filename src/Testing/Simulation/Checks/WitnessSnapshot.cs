using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Testing.Simulation.Checks;

/// <summary>Who may seal, written a second time from EIP-225's text, to hold the engine to it. It counts votes where the engine keeps tallies, and keeps the
/// signers of the last blocks where the engine keeps a window.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class WitnessSnapshot
{
    private readonly ulong _number;
    private readonly ImmutableArray<Address> _last;
    private readonly ImmutableArray<(Address By, Address About, bool Authorizes)> _votes;

    private WitnessSnapshot(
        ulong number, ImmutableArray<Address> signers, ImmutableArray<Address> last, ImmutableArray<(Address By, Address About, bool Authorizes)> votes)
    {
        _number = number;
        Signers = signers;
        _last = last;
        _votes = votes;
    }

    /// <summary>The authorities in ascending order.</summary>
    public ImmutableArray<Address> Signers { get; }

    public static WitnessSnapshot AtGenesis(BlockHeader genesis)
    {
        ReadOnlySpan<byte> list = genesis.ExtraData.Span[32..^65];
        var signers = new List<Address>();
        for (int i = 0; i < list.Length; i += 20)
            signers.Add(Address.FromBytes(list.Slice(i, 20)));

        signers.Sort();
        return new WitnessSnapshot(0, [.. signers], [], []);
    }

    /// <summary>True where it is the account's turn to seal the next block.</summary>
    public bool IsInTurn(Address account) => Signers[(int)((_number + 1) % (ulong)Signers.Length)] == account;

    /// <summary>What is wrong with the next header; null where nothing is.</summary>
    public string? Judge(BlockHeader header, BlockHeader parent, Address signer, ulong period)
    {
        if (!Signers.Contains(signer))
            return $"{signer} is no authority";

        // One of the last floor(N / 2).
        if (_last.Take(Signers.Length / 2).Contains(signer))
            return $"{signer} sealed one of the last {Signers.Length / 2} blocks";

        if (header.Difficulty != (IsInTurn(signer) ? 2UL : 1UL))
            return $"its difficulty is {header.Difficulty}, which is not that of the turn of {signer}";

        return header.Timestamp < parent.Timestamp + period ? $"its time {header.Timestamp} is less than {period} s after its parent's {parent.Timestamp}" : null;
    }

    /// <summary>The snapshot after the next header.</summary>
    public WitnessSnapshot Next(BlockHeader header, Address signer, ulong epoch)
    {
        ImmutableArray<Address> last = [signer, .. _last.Take(Signers.Length / 2)];
        ImmutableArray<(Address By, Address About, bool Authorizes)> votes = header.Number % epoch == 0 ? [] : _votes;
        Address about = header.Beneficiary;
        bool authorizes = header.Nonce == ulong.MaxValue;
        votes = votes.RemoveAll(vote => vote.By == signer && vote.About == about);
        if (authorizes != Signers.Contains(about))
            votes = votes.Add((signer, about, authorizes));

        if (2 * votes.Count(vote => vote.About == about) <= Signers.Length)
            return new WitnessSnapshot(header.Number, Signers, last, votes);

        ImmutableArray<Address> signers = Signers.Contains(about) ? Signers.Remove(about) : [.. Signers.Append(about).Order()];
        votes = votes.RemoveAll(vote => vote.About == about || !signers.Contains(vote.By));
        return new WitnessSnapshot(header.Number, signers, last, votes);
    }

    /// <summary>How the engine's snapshot differs; null where it does not.</summary>
    public string? Compare(CliqueSnapshot other)
    {
        if (other.Number != _number || !other.Signers.SequenceEqual(Signers))
            return $"has the authorities [{string.Join(", ", other.Signers)}] after block {other.Number}, not [{string.Join(", ", Signers)}] after {_number}";

        for (int age = 0; age < Math.Min(_last.Length, Signers.Length / 2); age++)
        {
            if (!other.Recents.TryGetValue(_number - (ulong)age, out Address recent) || recent != _last[age])
                return $"does not know {_last[age]} as the signer of block {_number - (ulong)age}";
        }

        return other.Votes.Count == _votes.Length && other.Votes.All(vote => _votes.Contains((vote.Signer, vote.Account, vote.Authorizes)))
            ? null
            : $"counts {other.Votes.Count} votes after block {_number} where {_votes.Length} count";
    }
}

using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Validators;

/// <summary>Who is connected, and when each authority was heard of. Bounded: one entry a peer, one an authority.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class PeerBook
{
    private readonly Dictionary<Address, ulong> _heard = [];

    /// <summary>The connections, in order.</summary>
    public ImmutableSortedSet<PeerId> Connected { get; private set; } = [];

    public void Add(PeerId peer) => Connected = Connected.Add(peer);

    public void Remove(PeerId peer) => Connected = Connected.Remove(peer);

    /// <summary>A block or a status of an authority has arrived. Others are not noted, so that nobody fills the book with names.</summary>
    public void Hear(Address authority, CliqueSnapshot snapshot, ulong nowUnixMilliseconds)
    {
        if (snapshot.IsSigner(authority))
            _heard[authority] = nowUnixMilliseconds;
    }

    /// <summary>How many of the authorities were heard of since a time; one that was never heard of counts as heard of at the start.</summary>
    public int CountActive(CliqueSnapshot snapshot, Address self, ulong sinceUnixMilliseconds, ulong startedAtUnixMilliseconds) => snapshot.Signers.Count(
        signer => signer == self || Math.Max(_heard.GetValueOrDefault(signer), startedAtUnixMilliseconds) >= sinceUnixMilliseconds);
}

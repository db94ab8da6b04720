using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Evidence;

/// <summary>What whoever verifies a receipt knows beforehand, from a source other than the receipt.</summary>
/// <remarks>Everything that a receipt proves rests on it (docs/spec/evidence.md, 2).</remarks>
/// <threadsafety>Immutable.</threadsafety>
public abstract record ReceiptTrust
{
    private protected ReceiptTrust()
    {
    }

    /// <summary>Trust in blocks that are known to be final: told by someone who vouches for it, or found by a copy of the header chain.</summary>
    /// <param name="blocks">Their hashes. A receipt is good where its block is one of them, or an ancestor of one that it carries.</param>
    /// <exception cref="ArgumentException">No hash is given.</exception>
    public static ReceiptTrust InBlocks(params IEnumerable<Hash256> blocks)
    {
        ImmutableHashSet<Hash256> hashes = [.. blocks];
        return hashes.IsEmpty ? throw new ArgumentException("At least one hash is given.", nameof(blocks)) : new TrustInBlocks(hashes);
    }

    /// <summary>Trust in a checkpoint, or genesis, of a chain under Clique: it lists the authorities, and headers from it on show how they change.</summary>
    /// <param name="chainId">Chain id that the transaction must name (EIP-155); a checkpoint does not name it.</param>
    /// <param name="checkpoint">Its hash. A receipt is good where it begins with this header and more than half of the authorities sealed on its block.</param>
    /// <param name="parameters">Parameters of the network.</param>
    public static ReceiptTrust InCheckpoint(ulong chainId, Hash256 checkpoint, CliqueParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new TrustInCheckpoint(chainId, checkpoint, parameters);
    }

    /// <summary>Trust in the authorities of a chain under Clique.</summary>
    /// <param name="chainId">Chain id that the transaction must name (EIP-155).</param>
    /// <param name="authorities">Those that may seal the first block of which the receipt carries the header.</param>
    /// <param name="parameters">Parameters of the network.</param>
    /// <exception cref="ArgumentException">No authority is given, or one twice.</exception>
    public static ReceiptTrust InAuthorities(ulong chainId, IEnumerable<Address> authorities, CliqueParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        ImmutableArray<Address> all = [.. authorities];

        // Refuses what is no set of authorities.
        HeaderWalk.FromAuthorities(all, parameters);
        return new TrustInAuthorities(chainId, all, parameters);
    }
}

/// <summary>Trust in blocks that are final.</summary>
internal sealed record TrustInBlocks(ImmutableHashSet<Hash256> Hashes) : ReceiptTrust;

/// <summary>Trust in a checkpoint.</summary>
internal sealed record TrustInCheckpoint(ulong ChainId, Hash256 Hash, CliqueParameters Parameters) : ReceiptTrust;

/// <summary>Trust in authorities.</summary>
internal sealed record TrustInAuthorities(ulong ChainId, ImmutableArray<Address> Authorities, CliqueParameters Parameters) : ReceiptTrust;

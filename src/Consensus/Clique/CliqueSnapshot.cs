using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>Who may seal after some block: authorities, who of them sealed lately, and the votes under way. A function of genesis and headers alone.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class CliqueSnapshot
{
    /// <summary>Nonce of a vote that admits an account (EIP-225, NONCE_AUTH).</summary>
    public const ulong NonceAuthorize = ulong.MaxValue;

    /// <summary>Nonce of a vote that drops an account, and of a block without a vote (EIP-225, NONCE_DROP).</summary>
    public const ulong NonceDrop = 0;

    internal CliqueSnapshot(
        ulong number,
        ImmutableArray<Address> signers,
        ImmutableArray<Address> recentSigners,
        ImmutableList<Vote> votes,
        ImmutableSortedDictionary<Address, Tally> tallies)
    {
        Number = number;
        Signers = signers;
        RecentSigners = recentSigners;
        Votes = votes;
        Tallies = tallies;
    }

    /// <summary>Number of the block after which the snapshot holds.</summary>
    public ulong Number { get; }

    /// <summary>The authorities in ascending order.</summary>
    public ImmutableArray<Address> Signers { get; }

    /// <summary>Signers of the last blocks that still count for <see cref="SignerLimit"/>, oldest first: the last one sealed block <see cref="Number"/>.
    /// None is there twice, and there are at most <see cref="SignerLimit"/>.</summary>
    public ImmutableArray<Address> RecentSigners { get; }

    /// <summary><see cref="RecentSigners"/> by the number of the block that each sealed; made anew for each call.</summary>
    public ImmutableSortedDictionary<ulong, Address> Recents => RecentSigners
        .Select((signer, index) => KeyValuePair.Create(NumberOfRecent(index), signer))
        .ToImmutableSortedDictionary();

    /// <summary>Votes that count, in the order they were cast.</summary>
    public ImmutableList<Vote> Votes { get; }

    /// <summary>Votes by account.</summary>
    public ImmutableSortedDictionary<Address, Tally> Tallies { get; }

    /// <summary>A signer may seal at most one of this many consecutive blocks: floor(N / 2) + 1.</summary>
    public ulong SignerLimit => (ulong)LimitOf(Signers.Length);

    /// <summary>The snapshot of a genesis: its signers, no votes.</summary>
    internal static CliqueSnapshot AtGenesis(BlockHeader genesis) => new(
        genesis.Number,
        [.. CliqueExtraData.Signers(genesis.ExtraData.Span).Order()],
        [],
        [],
        ImmutableSortedDictionary<Address, Tally>.Empty);

    /// <summary>True where the account is an authority.</summary>
    public bool IsSigner(Address account) => Signers.BinarySearch(account) >= 0;

    /// <summary>True where more than half of the authorities are among some accounts.</summary>
    /// <param name="accounts">The accounts, each once.</param>
    public bool IsMajority(IReadOnlySet<Address> accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return accounts.Count(IsSigner) > Signers.Length / 2;
    }

    /// <summary>True where it is the signer's turn to seal block <paramref name="number"/>: number mod N is its index.</summary>
    public bool IsInTurn(ulong number, Address signer) =>
        Signers.BinarySearch(signer) is >= 0 and int index && number % (ulong)Signers.Length == (ulong)index;

    /// <summary>Number of the block that the signer must wait for the chain to pass, because it sealed one of the last floor(N / 2); null where it may seal.</summary>
    /// <param name="number">The block to be sealed, which follows this snapshot.</param>
    /// <param name="signer">The signer.</param>
    public ulong? SignedRecently(ulong number, Address signer)
    {
        int index = RecentSigners.IndexOf(signer);
        if (index < 0)
            return null;

        // Written without the subtraction that wraps in Geth for the first blocks (docs/spec/clique.md, CLQ-17).
        ulong seen = NumberOfRecent(index);
        return seen >= number || number - seen < SignerLimit ? seen + SignerLimit - 1 : null;
    }

    /// <summary>floor(N / 2) + 1.</summary>
    internal static int LimitOf(int signers) => signers / 2 + 1;

    private ulong NumberOfRecent(int index) => Number - (ulong)(RecentSigners.Length - 1 - index);
}

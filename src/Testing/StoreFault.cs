namespace DerChain.Testing;

/// <summary>A commit that goes wrong in a <see cref="FaultyStore"/>.</summary>
/// <remarks>Made by <see cref="BeforeCommit"/>, <see cref="TornCommit"/> and <see cref="AfterCommit"/>.</remarks>
public sealed record StoreFault
{
    private StoreFault(int commit, int? writesKept)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(commit, 1);
        Commit = commit;
        WritesKept = writesKept;
    }

    /// <summary>Which commit fails: 1 for the store's first.</summary>
    public int Commit { get; }

    /// <summary>How many writes of the batch reach the inner store, in order; null for all of them.</summary>
    public int? WritesKept { get; }

    /// <summary>The commit fails before anything is written.</summary>
    /// <param name="commit">1 for the store's first.</param>
    public static StoreFault BeforeCommit(int commit) => new(commit, 0);

    /// <summary>The batch tears: its first writes are kept, the others are lost. No sound store does this; a checksum above it must find it.</summary>
    /// <param name="commit">1 for the store's first.</param>
    /// <param name="writesKept">At least 1; a batch that has no more writes than this is written whole.</param>
    public static StoreFault TornCommit(int commit, int writesKept)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(writesKept, 1);
        return new(commit, writesKept);
    }

    /// <summary>The commit fails after all of it was written: the caller cannot know.</summary>
    /// <param name="commit">1 for the store's first.</param>
    public static StoreFault AfterCommit(int commit) => new(commit, null);

    /// <summary>Every fault there is in a run: each commit before, after each of its writes, and after all of them.</summary>
    /// <param name="writesPerCommit">What <see cref="FaultyStore.WritesPerCommit"/> says of the run without faults.</param>
    public static IEnumerable<StoreFault> AllOf(IReadOnlyList<int> writesPerCommit)
    {
        ArgumentNullException.ThrowIfNull(writesPerCommit);
        return writesPerCommit.SelectMany(static (writes, index) => AllOfCommit(index + 1, writes));
    }

    /// <summary>The fault in words.</summary>
    public override string ToString() => WritesKept switch
    {
        null => $"commit {Commit} fails after all of it was written",
        0 => $"commit {Commit} fails before anything is written",
        _ => $"commit {Commit} fails after {WritesKept} of its writes",
    };

    private static IEnumerable<StoreFault> AllOfCommit(int commit, int writes)
    {
        yield return BeforeCommit(commit);
        for (int kept = 1; kept < writes; kept++)
            yield return TornCommit(commit, kept);

        yield return AfterCommit(commit);
    }
}

using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Evidence;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using LineKey = (DerChain.Market.Records.SettlementLine Line, long StartUnixSeconds, int DurationSeconds);

namespace DerChain.Market.Settlement;

/// <summary>What one line of a statement adds up to.</summary>
/// <param name="Line">The line.</param>
/// <param name="Amount">Sum over the intervals.</param>
public sealed record LineTotal(SettlementLine Line, SettlementAmount Amount);

/// <summary>One line of a statement, and that it is in it.</summary>
/// <param name="Line">The line.</param>
/// <param name="Index">Its place in the statement, from 0.</param>
/// <param name="Count">Number of lines.</param>
/// <param name="Path">The hashes beside the way to the root.</param>
public sealed record StatementProof(StatementLine Line, int Index, int Count, ImmutableArray<Hash256> Path)
{
    /// <summary>True where the statement of this root has the line in this place.</summary>
    public bool Proves(Hash256 root) => MerkleTree.RootOf(MerkleTree.HashLeaf(Line.ToBytes()), Index, Count, Path.AsSpan()) == root;
}

/// <summary>A line that a version of a statement states otherwise than the version before.</summary>
/// <param name="Line">The line.</param>
/// <param name="Interval">Its interval.</param>
/// <param name="Before">Amount in the earlier version; zero where it had no such line.</param>
/// <param name="After">Amount in the later one; zero where it has none.</param>
public sealed record StatementDelta(SettlementLine Line, MarketInterval Interval, SettlementAmount Before, SettlementAmount After)
{
    /// <summary>What the later version adds.</summary>
    public SettlementAmount Change => After - Before;
}

/// <summary>The settlement of one aggregation over a trading day: its lines, their sum, and a root that commits to all of them.</summary>
/// <remarks>Lines stand by line, then by start and length of the interval; the order in which they are given changes nothing. Nothing is rounded but
/// <see cref="PayableCents"/>. Source: docs/spec/market.md, 2.6.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class SettlementStatement
{
    private readonly MerkleTree _tree;

    /// <summary>A statement over some lines.</summary>
    /// <param name="subject">Aggregation, trading day, version, and the version it supersedes.</param>
    /// <param name="lines">The lines, at least one, in any order.</param>
    /// <exception cref="ArgumentException">The version is not from 1, the first version supersedes another or a later one none, there is no line, or two are of one
    /// line and interval.</exception>
    /// <exception cref="OverflowException">The sum leaves its range (<see cref="SettlementAmount"/>).</exception>
    public SettlementStatement(StatementSubject subject, IEnumerable<StatementLine> lines)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentOutOfRangeException.ThrowIfLessThan(subject.Version, 1, nameof(subject));
        if ((subject.Version == 1) != subject.Supersedes is null)
            throw new ArgumentException("The first version supersedes none, and every other the one before it.", nameof(subject));
        Subject = subject;
        Lines = [.. lines.OrderBy(KeyOf)];
        for (int index = 1; index < Lines.Length; index++)
            if (KeyOf(Lines[index]) == KeyOf(Lines[index - 1]))
                throw new ArgumentException($"Two lines are of {Lines[index].Line} and {Lines[index].Interval}.", nameof(lines));
        _tree = MerkleTree.Over(Lines.Select(static line => MerkleTree.HashLeaf(line.ToBytes())));
        Totals =
        [
            .. Lines.GroupBy(static line => line.Line)
                .Select(static group => new LineTotal(group.Key, SettlementAmount.Sum(group.Select(static line => line.Amount)))),
        ];
        Total = SettlementAmount.Sum(Totals.Select(static total => total.Amount));
    }

    /// <summary>Aggregation, trading day, version, and the version it supersedes.</summary>
    public StatementSubject Subject { get; }

    /// <summary>The lines, in canonical order.</summary>
    public ImmutableArray<StatementLine> Lines { get; }

    /// <summary>What each line that occurs adds up to, in the order of the lines.</summary>
    public ImmutableArray<LineTotal> Totals { get; }

    /// <summary>The sum of all lines; positive is paid to the aggregator.</summary>
    public SettlementAmount Total { get; }

    /// <summary>The sum in whole cents, half a cent rounded away from zero.</summary>
    public long PayableCents => Total.Cents;

    /// <summary>The Merkle root over the lines.</summary>
    public Hash256 Root => _tree.Root;

    /// <summary>Proof of a line.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public StatementProof ProofOf(int index)
    {
        ImmutableArray<Hash256> path = _tree.ProofOf(index);
        return new StatementProof(Lines[index], index, Lines.Length, path);
    }

    /// <summary>What this version states otherwise than an earlier one, in canonical order.</summary>
    /// <exception cref="ArgumentException">The other statement is of another aggregation or period, or no earlier version.</exception>
    public ImmutableArray<StatementDelta> ChangesSince(SettlementStatement earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if ((earlier.Subject.Aggregation, earlier.Subject.Period) != (Subject.Aggregation, Subject.Period) || earlier.Subject.Version >= Subject.Version)
            throw new ArgumentException("Not an earlier version of this statement.", nameof(earlier));
        Dictionary<LineKey, SettlementAmount> before = earlier.Lines.ToDictionary(KeyOf, static line => line.Amount);
        Dictionary<LineKey, SettlementAmount> after = Lines.ToDictionary(KeyOf, static line => line.Amount);
        return
        [
            .. before.Keys.Union(after.Keys)
                .Order()
                .Select(key => new StatementDelta(
                    key.Line, new MarketInterval(key.StartUnixSeconds, key.DurationSeconds), before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
                .Where(static delta => delta.Before != delta.After),
        ];
    }

    private static LineKey KeyOf(StatementLine line) => (line.Line, line.Interval.StartUnixSeconds, line.Interval.DurationSeconds);
}

using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Evidence;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>The bytes of a leaf of the tree of verdicts: which record, which device, then its verdicts; each part begins with a byte that says what it
/// is.</summary>
internal sealed class VerdictLeaf
{
    private const byte RecordMark = 1;
    private const byte ResourceMark = 2;
    private const byte VerdictMark = 3;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public void Record(Hash256 record)
    {
        Span<byte> part = _bytes.GetSpan(1 + Hash256.Length);
        part[0] = RecordMark;
        record.CopyTo(part[1..]);
        _bytes.Advance(1 + Hash256.Length);
    }

    public void Resource(ResourceId resource)
    {
        int length = Encoding.UTF8.GetByteCount(resource.Value);
        Span<byte> part = _bytes.GetSpan(2 + length);
        (part[0], part[1]) = (ResourceMark, (byte)length);
        Encoding.UTF8.GetBytes(resource.Value, part[2..]);
        _bytes.Advance(2 + length);
    }

    public void Verdict(QualityCheck check, QualityFinding finding)
    {
        const int Length = 4 + (2 * sizeof(long));
        Span<byte> part = _bytes.GetSpan(Length);
        (part[0], part[1], part[2], part[3]) = (VerdictMark, (byte)check, (byte)finding.Verdict, (byte)finding.Unit);
        BinaryPrimitives.WriteInt64BigEndian(part[4..], finding.Residual);
        BinaryPrimitives.WriteInt64BigEndian(part[(4 + sizeof(long))..], finding.Threshold);
        _bytes.Advance(Length);
    }

    /// <summary>Hash of the leaf, which begins anew.</summary>
    public Hash256 Close()
    {
        Hash256 hash = MerkleTree.HashLeaf(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
        return hash;
    }
}

/// <summary>Every verdict of a period: counted, put into leaves, and those that speak against a reading as rows.</summary>
internal sealed class VerdictLog
{
    private const int Verdicts = 4;

    private static readonly QualityCheck[] Checks = Enum.GetValues<QualityCheck>();

    private readonly long[] _counts = new long[((int)Checks[^1] + 1) * Verdicts];
    private readonly List<AttestationRow> _rows = [];
    private readonly List<Hash256> _recordLeaves = [];
    private readonly List<Hash256> _slotLeaves = [];

    /// <summary>The leaf that is being written.</summary>
    public VerdictLeaf Leaf { get; } = new();

    /// <summary>Writes a verdict on a reading of a record. The leaf names both before it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="resource">The device.</param>
    /// <param name="check">The check.</param>
    /// <param name="finding">What it found.</param>
    /// <param name="input">The other record that the check looked at, or null.</param>
    public void Add(Hash256 record, ResourceId resource, QualityCheck check, QualityFinding finding, Hash256? input)
    {
        Leaf.Verdict(check, finding);
        _counts[((int)check * Verdicts) + (int)finding.Verdict]++;
        if (finding.Verdict >= QualityVerdict.Warn)
            _rows.Add(new AttestationRow(
                record, resource, check, finding.Verdict, finding.Residual, finding.Threshold, finding.Unit, input is { } other ? [other] : []));
    }

    public void CloseRecord() => _recordLeaves.Add(Leaf.Close());

    public void CloseSlot() => _slotLeaves.Add(Leaf.Close());

    /// <summary>Root over the leaves of the records in chain order, then of the fleet's intervals in order of time.</summary>
    public Hash256 Root() => _recordLeaves.Count + _slotLeaves.Count == 0
        ? Keccak256.OfEmpty
        : MerkleTree.Over(_recordLeaves.Concat(_slotLeaves)).Root;

    public ImmutableArray<AttestationRow> Rows() =>
        [.. _rows.OrderBy(static row => row.Record).ThenBy(static row => row.Resource).ThenBy(static row => row.Check)];

    public ImmutableArray<QualityCount> Counts() =>
    [
        .. Checks.Select(check => new QualityCount(
            check,
            CountOf(check, QualityVerdict.NotEvaluated),
            CountOf(check, QualityVerdict.Pass),
            CountOf(check, QualityVerdict.Warn),
            CountOf(check, QualityVerdict.Fail))),
    ];

    private long CountOf(QualityCheck check, QualityVerdict verdict) => _counts[((int)check * Verdicts) + (int)verdict];
}

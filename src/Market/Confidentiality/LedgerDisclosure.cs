using System.Collections.Immutable;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Evidence;
using DerChain.Market.Ledger;
using DerChain.Market.Records;

namespace DerChain.Market.Confidentiality;

/// <summary>Puts what is kept from the chain back into the sequence of its records, so that whoever may read it verifies as if it stood there: leaves of batches
/// and commitments from their files, sealed records by a reader's key.</summary>
/// <remarks>What cannot be read is left as it stands. Nothing that disagrees with the chain gets in: files are compared with the root on it, and readings in a
/// batch with their prosumer's own signature (docs/spec/evidence.md, 4).</remarks>
public sealed class LedgerDisclosure
{
    private readonly ulong _chainId;

    /// <summary>A disclosure of records of one chain.</summary>
    /// <param name="chainId">Chain id (EIP-155), which the signatures in batches are for.</param>
    public LedgerDisclosure(ulong chainId) => _chainId = chainId;

    /// <summary>Gives the bytes of a batch's file (<see cref="BatchFile"/>) by its root; null where they are not at hand. None by default.</summary>
    public Func<Hash256, ReadOnlyMemory<byte>?> FindBatch { get; init; } = static _ => null;

    /// <summary>Key of a reader of sealed records; none by default.</summary>
    public PrivateKey? Reader { get; init; }

    /// <summary>The records with what could be read in its place, in the order of the chain.</summary>
    /// <exception cref="ObjectDisposedException">The reader's key was disposed of.</exception>
    public IEnumerable<LedgerEntry> Apply(IEnumerable<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return entries.SelectMany(entry => entry.Record switch
        {
            TelemetryBatch batch => Leaves(entry, batch),
            RecordCommitment commitment => Rows(entry, commitment),
            SealedRecord record => [Opened(entry, record)],
            _ => [entry],
        });
    }

    private IEnumerable<LedgerEntry> Leaves(LedgerEntry entry, TelemetryBatch batch)
    {
        if (Read(entry, batch.Root) is not { } rows) return [entry];
        var place = new TelemetryPlace(_chainId, batch.Aggregation, batch.Interval);
        return rows.Where(static row => row.Disclosed is not null)
            .Select(row => SignedTelemetry.TryRead(row.Disclosed!.Content.Span, place))
            .OfType<SignedTelemetry>()
            .Where(signed => batch.Interval.Contains(signed.Telemetry.Interval.StartUnixSeconds)
                && signed.Telemetry.Interval.EndUnixSeconds <= batch.Interval.EndUnixSeconds)
            .Select(signed => new LedgerEntry(signed.Telemetry, signed.Sender, entry.Sender, entry.Location));
    }

    private IEnumerable<LedgerEntry> Rows(LedgerEntry entry, RecordCommitment commitment) =>
        Read(entry, commitment.Root) is { } rows
            ? rows.Where(static row => row.Disclosed is not null)
                .Select(static row => RecordCodec.TryDecode(row.Disclosed!.Content.Span, out MarketRecord? record, out _) ? record : null)
                .OfType<MarketRecord>()
                .Where(record => record.Kind == commitment.CommittedKind)
                .Select(record => entry with { Record = record, PayloadHash = null })
            : [entry];

    private LedgerEntry Opened(LedgerEntry entry, SealedRecord record) =>
        Reader is { } reader && RecordSealing.TryOpen(record, entry.Sender, reader, out MarketRecord? opened) is null
            ? entry with { Record = opened!, PayloadHash = null }
            : entry;

    private ImmutableArray<BatchRow>? Read(LedgerEntry entry, Hash256 root) =>
        FindBatch(root) is { } file && LeafRoot.Of(entry.Record) is { } committed && BatchFile.TryRead(file.Span, committed, out SaltedBatch? batch).IsValid
            ? batch!.Rows
            : null;
}

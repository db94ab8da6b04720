using System.Collections.Immutable;
using System.Security.Cryptography;
using DerChain.Chain;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Market.Evidence;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Records;
using DerChain.RecordFiles.Fields;

namespace DerChain.RecordFiles;

/// <summary>What the files of an export look like.</summary>
[Flags]
public enum RecordFormats
{
    /// <summary>One file of JSON Lines with all records.</summary>
    JsonLines = 1,

    /// <summary>A file of CSV for each kind of record.</summary>
    Csv = 2,
}

/// <summary>Writes the records of a chain as text: every field, where each record stands, and a manifest with a root over all of them.</summary>
/// <remarks>The same chain and filter give the same files, byte for byte. Source of files and columns: docs/record-files.md.</remarks>
public static class RecordExport
{
    /// <summary>Writes the records that a filter lets through. The files are made in a folder beside it that takes its name when they are complete; memory does
    /// not grow with the chain.</summary>
    /// <param name="chain">A chain that <see cref="MarketRule"/> governs.</param>
    /// <param name="folder">Where to: a folder that is empty or does not exist.</param>
    /// <param name="formats">Which files; at least one format.</param>
    /// <param name="filter">Which records; null for all.</param>
    /// <param name="cancellation">Ends the export; then nothing is left behind.</param>
    /// <exception cref="ArgumentException">The chain has another rule, no format is named, or the filter names a block after the head or none.</exception>
    /// <exception cref="IOException">The folder is not empty, or a file cannot be written; then nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    /// <exception cref="Chain.Storage.StoreException">The store could not be read, or what it holds was altered.</exception>
    public static RecordManifest Write(
        Blockchain chain, string folder, RecordFormats formats, RecordFilter? filter = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (formats is < RecordFormats.JsonLines or > (RecordFormats.JsonLines | RecordFormats.Csv))
            throw new ArgumentOutOfRangeException(nameof(formats), formats, "At least one format is wanted.");
        var ledger = new MarketLedger(chain);
        HeadCandidate head = chain.Head;
        RecordFilter resolved = Resolve(filter ?? new RecordFilter(), head.Header.Number);
        RecordManifest? manifest = null;
        NewFolder.Write(folder, partial =>
        {
            (ImmutableArray<RecordManifestFile> files, MerkleRoot root) = WriteFiles(resolved.Select(ledger), partial, formats, cancellation);
            manifest = new RecordManifest
            {
                ChainId = chain.Spec.ChainId,
                GenesisHash = chain.GenesisHash,
                SystemOperator = SystemOperatorOf((MarketRule)chain.Rule!),
                HeadNumber = head.Header.Number,
                HeadHash = head.Hash,
                Filter = resolved,
                Records = root.Count,
                Root = root.Value,
                Files = files,
            };
            ManifestFile.Write(manifest, partial);
        });
        return manifest!;
    }

    /// <summary>Hash of a record as a leaf of the root.</summary>
    internal static Hash256 LeafOf(Hash256 recordHash) => MerkleTree.HashLeaf(recordHash.ToBytes());

    internal static Hash256 Sha256Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Hash256.FromBytes(SHA256.HashData(file));
    }

    private static RecordFilter Resolve(RecordFilter filter, ulong head)
    {
        ulong last = filter.LastBlock ?? head;
        if (filter.FirstBlock > last || last > head)
            throw new ArgumentException($"The chain has blocks 0 to {head}, none from {filter.FirstBlock} to {last}.", nameof(filter));
        return filter with { LastBlock = last, Kinds = [.. filter.Kinds.Distinct().Order()] };
    }

    internal static Address SystemOperatorOf(MarketRule rule) =>
        ((Registry)rule.InitialState).ParticipantRows.Single(static row => row.Role == ParticipantRole.SystemOperator).Account;

    private static (ImmutableArray<RecordManifestFile> Files, MerkleRoot Root) WriteFiles(
        IEnumerable<LedgerEntry> entries, string folder, RecordFormats formats, CancellationToken cancellation)
    {
        var root = new MerkleRoot();
        var writers = new SortedDictionary<int, RecordFileWriter>();
        try
        {
            if (formats.HasFlag(RecordFormats.JsonLines)) WriterOf(RecordFile.JsonLines);
            foreach (LedgerEntry entry in entries)
            {
                cancellation.ThrowIfCancellationRequested();
                var filed = new FiledRecord(entry, entry.RecordHash);
                root.Add(LeafOf(filed.RecordHash));
                if (formats.HasFlag(RecordFormats.JsonLines)) WriterOf(RecordFile.JsonLines).Add(filed);
                if (formats.HasFlag(RecordFormats.Csv)) WriterOf(new RecordFile(entry.Record.Kind)).Add(filed);
            }
        }
        finally
        {
            foreach (RecordFileWriter writer in writers.Values) writer.Dispose();
        }

        return (
            [.. writers.Values.Select(writer =>
                new RecordManifestFile(writer.File.Name, Sha256Of(Path.Combine(folder, writer.File.Name)), writer.Lines, writer.Records))],
            root);

        RecordFileWriter WriterOf(RecordFile file)
        {
            int order = (int)file.Kind.GetValueOrDefault();
            if (!writers.TryGetValue(order, out RecordFileWriter? writer)) writers[order] = writer = new RecordFileWriter(file, folder);
            return writer;
        }
    }
}

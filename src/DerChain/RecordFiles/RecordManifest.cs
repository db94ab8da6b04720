using System.Collections.Immutable;
using DerChain.Chain.Primitives;

namespace DerChain.RecordFiles;

/// <summary>A file of an export.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Lines">Number of its lines, with the header of CSV.</param>
/// <param name="Records">Number of its records.</param>
public sealed record RecordManifestFile(string Name, Hash256 Sha256, long Lines, long Records);

/// <summary>What an export holds, and of which chain (<c>manifest.json</c>).</summary>
/// <remarks>Source: docs/record-files.md.</remarks>
public sealed record RecordManifest
{
    /// <summary>Name of the file.</summary>
    public const string File = "manifest.json";

    /// <summary>Version of the format that is written and read.</summary>
    public const int FormatVersion = 1;

    /// <summary>The chain's id.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Hash of the chain's genesis block.</summary>
    public required Hash256 GenesisHash { get; init; }

    /// <summary>Account of the system operator, from which the chain's rule follows.</summary>
    public required Address SystemOperator { get; init; }

    /// <summary>Number of the chain's head when the export was made.</summary>
    public required ulong HeadNumber { get; init; }

    /// <summary>Hash of the chain's head when the export was made.</summary>
    public required Hash256 HeadHash { get; init; }

    /// <summary>Which records were exported; the last block is always named.</summary>
    public required RecordFilter Filter { get; init; }

    /// <summary>Number of records.</summary>
    public required long Records { get; init; }

    /// <summary>Root of the Merkle tree over the hashes of the records in the order of the chain; null where there is none.</summary>
    public required Hash256? Root { get; init; }

    /// <summary>The files.</summary>
    public required ImmutableArray<RecordManifestFile> Files { get; init; }
}

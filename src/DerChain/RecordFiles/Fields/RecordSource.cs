using System.Collections.Immutable;

namespace DerChain.RecordFiles.Fields;

/// <summary>All records of an export in one format, in the order of the chain.</summary>
/// <param name="files">Its files.</param>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class RecordSource(ImmutableArray<RecordFileReader> files)
{
    /// <summary>The formats of an export, each a source of the same records.</summary>
    public static ImmutableArray<RecordSource> AllOf(RecordManifest manifest, string folder, ProblemList problems) =>
    [
        .. RecordFile.All.Where(file => manifest.Files.Any(listed => listed.Name == file.Name))
            .GroupBy(static file => file.Kind is null)
            .Select(format => new RecordSource([.. format.Select(file => new RecordFileReader(file, folder, problems))])),
    ];

    /// <summary>The files; their counts are complete after reading.</summary>
    public ImmutableArray<RecordFileReader> Files { get; } = files;

    /// <summary>Reads the files side by side.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public IEnumerable<LocatedRecord> Read()
    {
        IEnumerator<LocatedRecord>[] open = [.. Files.Select(static file => file.Read().GetEnumerator())];
        try
        {
            var next = new PriorityQueue<IEnumerator<LocatedRecord>, (ulong, int)>();
            foreach (IEnumerator<LocatedRecord> file in open) Advance(file, next);
            while (next.TryDequeue(out IEnumerator<LocatedRecord>? file, out _))
            {
                yield return file.Current;
                Advance(file, next);
            }
        }
        finally
        {
            foreach (IEnumerator<LocatedRecord> file in open) file.Dispose();
        }
    }

    private static void Advance(IEnumerator<LocatedRecord> file, PriorityQueue<IEnumerator<LocatedRecord>, (ulong, int)> next)
    {
        if (file.MoveNext()) next.Enqueue(file, file.Current.Filed.Position);
    }
}

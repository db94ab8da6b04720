namespace DerChain.Chain.Storage;

/// <summary>By what a database's file is known.</summary>
/// <param name="Database">Name of the database, for messages.</param>
/// <param name="Offset">Where the mark stands in the file.</param>
/// <param name="Mark">The bytes that every such file holds there.</param>
/// <param name="PageBytes">Length of the shortest such file. LiteDB would take a shorter one for a new one and write over it.</param>
internal sealed record FileSignature(string Database, int Offset, byte[] Mark, int PageBytes)
{
    /// <summary>Whether a file is absent, empty or one of the database's.</summary>
    public bool Admits(string path)
    {
        if (!File.Exists(path))
            return true;

        // Opened for writing, so that a file that cannot be written is refused now and not at the first commit.
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var start = new byte[Offset + Mark.Length];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return length == 0 || (file.Length >= PageBytes && start.AsSpan(Offset).SequenceEqual(Mark));
    }
}

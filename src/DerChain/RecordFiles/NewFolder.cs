namespace DerChain.RecordFiles;

/// <summary>Makes a folder of files that is there whole or not at all.</summary>
internal static class NewFolder
{
    /// <summary>Lets the files be made in a folder beside it, which takes its name when they are complete.</summary>
    /// <param name="folder">Where to: a folder that is empty or does not exist.</param>
    /// <param name="write">Makes the files in the folder it is given.</param>
    /// <exception cref="IOException">The folder is not empty, or a file cannot be written; then nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public static void Write(string folder, Action<string> write)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RequireEmpty(target);
        string partial = $"{target}.{Path.GetRandomFileName()}.partial";
        Directory.CreateDirectory(partial);
        try
        {
            write(partial);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(partial, target);
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    private static void RequireEmpty(string folder)
    {
        if (File.Exists(folder)) throw new IOException($"'{folder}' is a file, not a folder.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new IOException($"Folder '{folder}' is not empty; record files are written to an empty or a new one.");
    }
}

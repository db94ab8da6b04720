namespace DerChain.Cli;

/// <summary>Where a command may write a file of the user's choice.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a name where a rename would put a file in the place of the store, a folder or a device.</summary>
    /// <param name="file">The name, as the user gave it.</param>
    /// <param name="store">Path of the store that is read.</param>
    /// <exception cref="UserErrorException">The file cannot be one.</exception>
    public static void RequireReplaceable(string file, string store)
    {
        string path = Path.GetFullPath(file);
        if (path == Path.GetFullPath(store))
            throw new UserErrorException("--out is the store itself; name another file.");

        if (Directory.Exists(path))
            throw new UserErrorException($"'{file}' is a folder; name a file.");

        if (path.StartsWith("/dev/", StringComparison.Ordinal))
            throw new UserErrorException($"'{file}' is a device; name a file.");

        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new UserErrorException($"The folder of '{file}' does not exist.");
    }
}

namespace DerChain.Repository.Tests;

/// <summary>The files of the repository. Paths are relative to its root, with slashes.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Generated = ["bin", "obj", "out", ".git", ".vs", "TestResults"];

    private static readonly Lazy<string> FoundRoot = new(FindRoot);

    /// <summary>Folder that holds the solution.</summary>
    public static string Root => FoundRoot.Value;

    /// <summary>Files below a folder whose name ends in <paramref name="ending"/>, without what building makes.</summary>
    public static IReadOnlyList<string> Below(string folder, string ending)
    {
        string start = Path.Combine(Root, folder);
        if (!Directory.Exists(start))
            return [];

        IEnumerable<string> files = Directory.EnumerateFiles(start, "*" + ending, SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(static path => !path.Split('/').Any(static part => Generated.Contains(part)));
        return [.. files.Order(StringComparer.Ordinal)];
    }

    /// <summary>Content of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>True where a file or folder is there.</summary>
    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DerChain.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds DerChain.sln.");
    }
}

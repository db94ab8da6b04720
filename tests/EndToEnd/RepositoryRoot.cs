namespace DerChain.EndToEnd.Tests;

/// <summary>The folder of the repository that these tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "DerChain.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("DerChain.sln is in no folder above the tests.");
    }
}

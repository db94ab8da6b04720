namespace DerChain.RecordFiles;

/// <summary>The files that a folder must have.</summary>
internal static class FolderFiles
{
    /// <summary>True where the file is there; where it is not, that is a problem.</summary>
    public static bool Exists(string folder, string file, ProblemList problems)
    {
        if (File.Exists(Path.Combine(folder, file))) return true;
        problems.Add(file, 0, null, null, "is missing");
        return false;
    }
}

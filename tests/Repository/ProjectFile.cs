using System.Xml.Linq;

namespace DerChain.Repository.Tests;

/// <summary>A project file.</summary>
internal sealed class ProjectFile
{
    private readonly XElement _content;

    private ProjectFile(string path)
    {
        Path = path;
        _content = XElement.Parse(RepositoryFiles.Read(path));
    }

    /// <summary>Path relative to the repository's root.</summary>
    public string Path { get; }

    /// <summary>Name of the project.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Names of the projects it references, in order.</summary>
    public IReadOnlyList<string> References =>
    [
        .. Included("ProjectReference").Select(static path => System.IO.Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Names of the packages it references, in order.</summary>
    public IReadOnlyList<string> Packages => [.. Included("PackageReference").Order(StringComparer.Ordinal)];

    /// <summary>Items that name a version of their own.</summary>
    public IEnumerable<string> VersionedItems => _content.Descendants()
        .Where(static element => element.Attribute("Version") is not null || element.Attribute("VersionOverride") is not null)
        .Select(static element => element.ToString());

    /// <summary>Projects below a folder.</summary>
    public static IEnumerable<ProjectFile> Below(string folder) =>
        RepositoryFiles.Below(folder, ".csproj").Select(static path => new ProjectFile(path));

    /// <summary>Value of a property, or null where the project does not set it.</summary>
    public string? Property(string name) => _content.Descendants(name).FirstOrDefault()?.Value;

    private IEnumerable<string> Included(string item) =>
        _content.Descendants(item).Select(static element => (string?)element.Attribute("Include") ?? "");
}

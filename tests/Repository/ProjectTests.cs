using System.Xml.Linq;

namespace DerChain.Repository.Tests;

/// <summary>Who may see whom, and where versions stand (ARCHITECTURE.md, "Layers").</summary>
public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> AllowedReferences = new(StringComparer.Ordinal)
    {
        ["DerChain.Chain"] = [],
        ["DerChain.Consensus"] = ["DerChain.Chain"],
        ["DerChain.Market"] = ["DerChain.Chain"],
        ["DerChain"] = ["DerChain.Consensus", "DerChain.Market"],
        ["DerChain.Cli"] = ["DerChain", "DerChain.Storage.Sqlite"],
        ["DerChain.Storage.Sqlite"] = ["DerChain.Chain"],
        ["DerChain.Testing"] = ["DerChain.Chain", "DerChain.Consensus"],
    };

    [Fact]
    public void Each_library_references_what_the_architecture_says_and_nothing_else()
    {
        Dictionary<string, string[]> found = ProjectFile.Below("src")
            .ToDictionary(static project => project.Name, static project => project.References.ToArray(), StringComparer.Ordinal);
        Assert.Equal(AllowedReferences.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, string[] allowed) in AllowedReferences)
            Assert.Equal(allowed, found[name]);
    }

    [Theory]
    [InlineData("src/Chain/", "DerChain.Consensus", "DerChain.Market")]
    [InlineData("src/Consensus/", "DerChain.Market")]
    [InlineData("src/Market/", "DerChain.Consensus")]
    public void No_source_names_a_namespace_it_must_not_see(string folder, params string[] forbidden)
    {
        foreach (SourceFile file in SourceFile.InSource.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            Assert.All(forbidden, name => Assert.DoesNotContain(name, file.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Package_versions_stand_in_one_file()
    {
        foreach (ProjectFile project in ProjectFile.Below("."))
            Assert.Empty(project.VersionedItems);
    }

    [Fact]
    public void Every_package_of_the_central_file_has_an_exact_version()
    {
        XElement central = XElement.Parse(RepositoryFiles.Read("Directory.Packages.props"));
        Assert.Equal("true", central.Descendants("ManagePackageVersionsCentrally").Single().Value);
        Assert.All(
            central.Descendants("PackageVersion"),
            static package => Assert.Matches(@"^\d+(\.\d+)+$", (string?)package.Attribute("Version") ?? ""));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = RepositoryFiles.Read("DerChain.sln").Replace('\\', '/');
        foreach (ProjectFile project in ProjectFile.Below("src").Concat(ProjectFile.Below("tests")))
            Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal);
    }

    [Fact]
    public void The_compiler_checks_that_every_public_member_is_documented()
    {
        XElement common = XElement.Parse(RepositoryFiles.Read("Directory.Build.props"));
        Assert.Equal("true", common.Descendants("GenerateDocumentationFile").Single().Value);
        Assert.Equal("true", common.Descendants("TreatWarningsAsErrors").Single().Value);
        Assert.Equal("true", common.Descendants("CheckForOverflowUnderflow").Single().Value);
        IEnumerable<string> ofSource = RepositoryFiles.Below("src", ".csproj").Concat(RepositoryFiles.Below("src", ".props"));
        foreach (string path in ofSource.Append("Directory.Build.props"))
        {
            string text = RepositoryFiles.Read(path);
            Assert.DoesNotContain("NoWarn", text, StringComparison.Ordinal);
            Assert.DoesNotContain("WarningsNotAsErrors", text, StringComparison.Ordinal);
        }

        foreach (SourceFile file in SourceFile.InSource)
            Assert.DoesNotContain("#pragma warning disable CS1591", file.Text, StringComparison.Ordinal);

        Assert.DoesNotContain("CS1591", RepositoryFiles.Read(".editorconfig"), StringComparison.Ordinal);
    }
}

using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DerChain.Repository.Tests;

/// <summary>What stands nowhere in the sources: clocks, sleeps, promises and switched-off tests.</summary>
public sealed class BannedTextTests
{
    private const string ThisFile = "tests/Repository/BannedTextTests.cs";

    private static readonly string[] Clocks =
    [
        "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Environment.TickCount",
        "Random.Shared", "Guid.NewGuid",
    ];

    private static readonly string[] Sleeps = ["Thread.Sleep", "Task.Delay", "SpinWait.SpinUntil"];

    private static readonly string[] Promises = ["TODO", "FIXME", "HACK", "XXX", "NotImplementedException", "#region"];

    [Fact]
    public void No_library_reads_a_clock_or_an_unseeded_random_number() => AssertNowhere(SourceFile.InSource.Where(IsLibrary), Clocks);

    [Fact]
    public void Nothing_sleeps() => AssertNowhere(SourceFile.All, Sleeps);

    [Fact]
    public void Nothing_is_promised_for_later() => AssertNowhere(SourceFile.All, Promises);

    [Fact]
    public void No_library_writes_to_the_console() => Offences.AssertNone(
        SourceFile.InSource.Where(IsLibrary)
            .SelectMany(static file => file.Nodes<IdentifierNameSyntax>().Select(name => (file, name)))
            .Where(static found => found.name.Identifier.Text == "Console")
            .Select(static found => found.file.Place(found.name)));

    // A test may be skipped while it runs, where data of others is not there; never by its attribute.
    [Fact]
    public void No_test_is_switched_off() => Offences.AssertNone(
        SourceFile.InTests.SelectMany(static file => file.Nodes<AttributeArgumentSyntax>().Select(argument => (file, argument)))
            .Where(static found => found.argument.NameEquals?.Name.Identifier.Text == "Skip")
            .Select(static found => found.file.Place(found.argument)));

    [Fact]
    public void Every_test_project_has_tests()
    {
        foreach (ProjectFile project in ProjectFile.Below("tests").Where(static project => project.Property("IsTestProject") != "false"))
        {
            string folder = project.Path[..(project.Path.LastIndexOf('/') + 1)];
            Assert.Contains(
                SourceFile.InTests.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)),
                static file => file.Text.Contains("[Fact]", StringComparison.Ordinal));
        }
    }

    private static bool IsLibrary(SourceFile file) => !file.Path.StartsWith("src/Cli/", StringComparison.Ordinal);

    private static void AssertNowhere(IEnumerable<SourceFile> files, string[] banned) => Offences.AssertNone(
        files.Where(static file => file.Path != ThisFile)
            .SelectMany(file => banned.Select(text => (file, text)))
            .Where(static pair => pair.file.Text.Contains(pair.text, StringComparison.Ordinal))
            .Select(static pair => $"{pair.file.Path}: {pair.text}"));
}

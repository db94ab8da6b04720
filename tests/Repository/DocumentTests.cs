using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DerChain.Repository.Tests;

/// <summary>The documents say what is there: links lead somewhere, rules and symbols name tests that exist.</summary>
public sealed partial class DocumentTests
{
    // Names of others that our documents quote.
    private static readonly string[] ForeignNames =
    [
        "MessagePackWriter", "MessagePackReader", "KeccakDigest", "Enum", "ArgumentException", "AggregateException", "System.Random", "InvariantGlobalization",
        "Int32", "Binary", "GZipStream", "DeflateStream",
    ];

    private static readonly Lazy<HashSet<string>> Tests = new(SourceFile.TestNames);
    private static readonly Lazy<HashSet<string>> Names = new(SourceFile.DeclaredNames);

    [Fact]
    public void Every_link_leads_to_a_file() => Offences.AssertNone(
        MarkdownFile.All.SelectMany(static document => document.LocalLinks
            .Where(target => !Leads(document, target))
            .Select(target => $"{document.Path}: {target}")));

    [Fact]
    public void Every_decision_has_a_number_and_a_status()
    {
        IReadOnlyList<MarkdownFile> decisions = MarkdownFile.Below("docs/adr");
        Assert.NotEmpty(decisions);
        Assert.All(decisions, static decision =>
        {
            Assert.Matches(@"^docs/adr/\d{4}-[a-z0-9-]+\.md$", decision.Path);
            Assert.Matches(@"(?m)^Status: (proposed|accepted|rejected|superseded)", decision.Text);
            foreach (string part in (string[])["## Context", "## Alternatives", "## Decision", "## Consequences"])
                Assert.Contains(part, decision.Text, StringComparison.Ordinal);
        });
        Assert.Equal(decisions.Count, decisions.Select(static decision => decision.Path[..13]).Distinct().Count());
    }

    [Theory]
    [InlineData("docs/spec/chain.md", "CHN")]
    [InlineData("docs/spec/clique.md", "CLQ")]
    [InlineData("docs/spec/evidence.md", "EVD")]
    public void Every_rule_names_a_test_that_exists(string path, string prefix)
    {
        string[] rules = [.. MarkdownFile.Open(path).Lines.Where(line => line.StartsWith($"| {prefix}-", StringComparison.Ordinal))];
        Assert.NotEmpty(rules);
        string[] ids = [.. rules.Select(static rule => rule.Split('|')[1].Trim())];
        Assert.All(ids, id => Assert.Matches($@"^{prefix}-\d\d$", id));
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.DoesNotContain(rules, static rule => !MarkdownFile.TestNamesIn(rule).Any());
    }

    [Theory]
    [InlineData("docs/spec/chain.md", "ChainError")]
    [InlineData("docs/spec/chain.md", "ChainFileError")]
    [InlineData("docs/spec/chain.md", "KeyStoreError")]
    [InlineData("docs/spec/clique.md", "CliqueError")]
    [InlineData("docs/spec/evidence.md", "ReceiptError")]
    [InlineData("docs/spec/evidence.md", "SealingError")]
    [InlineData("docs/spec/evidence.md", "BatchFileError")]
    public void Every_error_stands_beside_a_rule(string path, string enumeration)
    {
        string text = RepositoryFiles.Read(path);
        EnumDeclarationSyntax declared = SourceFile.InSource.SelectMany(static file => file.Nodes<EnumDeclarationSyntax>())
            .Single(found => found.Identifier.Text == enumeration);
        Offences.AssertNone(declared.Members.Select(static member => member.Identifier.Text)
            .Where(name => !text.Contains($"`{name}`", StringComparison.Ordinal))
            .Where(name => !text.Contains($"`{enumeration}.{name}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_test_that_a_document_names_exists() => Offences.AssertNone(
        MarkdownFile.Below("docs").Append(MarkdownFile.Open("ARCHITECTURE.md"))
            .SelectMany(static document => MarkdownFile.TestNamesIn(document.Text)
                .Where(static name => !Tests.Value.Contains(name))
                .Select(name => $"{document.Path}: {name}")));

    [Fact]
    public void Every_type_and_member_that_a_document_names_exists() => Offences.AssertNone(
        MarkdownFile.Below("docs").Append(MarkdownFile.Open("ARCHITECTURE.md"))
            .SelectMany(static document => document.CodeNames
                .Where(static name => !Names.Value.Contains(name) && !ForeignNames.Contains(name) && !IsFolder(name))
                .Select(name => $"{document.Path}: {name}")));

    [Fact]
    public void Every_symbol_of_the_papers_tables_has_a_test()
    {
        string[] rows = [.. MarkdownFile.Open("docs/paper-mapping.md").Lines.Where(static line => TableRow().IsMatch(line))];
        Assert.Equal(["I", "II", "III", "IV"], rows.Select(static row => row.Split('|')[1].Trim()).Distinct());
        Assert.DoesNotContain(rows, static row => !MarkdownFile.TestNamesIn(row).Any());
    }

    [Fact]
    public void A_reference_in_the_sources_to_a_document_leads_to_a_section_of_it() => Offences.AssertNone(
        SourceFile.All.Where(static file => !file.Path.StartsWith("tests/Repository/", StringComparison.Ordinal))
            .SelectMany(static file => References(file.Text)
                .Where(static reference => !Stands(reference))
                .Select(reference => $"{file.Path}: {reference}")));

    [Fact]
    public void No_source_refers_to_a_document_outside_the_repository() => Offences.AssertNone(
        SourceFile.All.SelectMany(static file => Document().Matches(file.Text)
            .Select(static match => match.Value)
            .Where(static name => !RepositoryFiles.Exists(name))
            .Select(name => $"{file.Path}: {name}")));

    [Fact]
    public void The_readme_runs_the_day_first_and_the_tests_second()
    {
        IEnumerable<string> shown = MarkdownFile.Open("README.md").ShellCommands;
        string[] commands = [.. shown.Where(static command => command.StartsWith("dotnet ", StringComparison.Ordinal))];
        Assert.True(commands.Length >= 2, "The README shows fewer than two commands.");
        Assert.Matches(@"^dotnet run .*--project src/Cli.* -- run\b", commands[0]);
        Assert.Matches(@"^dotnet test\b", commands[1]);
    }

    [Fact]
    public void The_change_log_has_a_heading_for_a_version() =>
        Assert.Matches(@"(?m)^## \[?(Unreleased|\d+\.\d+\.\d+)", RepositoryFiles.Read("CHANGELOG.md"));

    private static bool IsFolder(string name) =>
        RepositoryFiles.Exists($"tests/{name}")
        || SourceFile.InSource.Any(file => file.Path.Contains($"/{name}/", StringComparison.Ordinal));

    private static bool Leads(MarkdownFile document, string target)
    {
        string folder = Path.GetDirectoryName(document.Path) ?? "";
        return RepositoryFiles.Exists(Path.Combine(folder, target));
    }

    // A reference reads "docs/spec/market.md, 2.3", "docs/spec/clique.md, CLQ-07" or "docs/spec/record-codec.md".
    private static IEnumerable<(string Path, string Section)> References(string text) =>
        Reference().Matches(text).Select(static match => (match.Groups[1].Value, match.Groups[2].Value));

    private static bool Stands((string Path, string Section) reference)
    {
        if (!RepositoryFiles.Exists(reference.Path))
            return false;

        string text = RepositoryFiles.Read(reference.Path);
        return reference.Section.Length == 0
            || text.Contains($"| {reference.Section} |", StringComparison.Ordinal)
            || Regex.IsMatch(text, $@"(?m)^#+ {Regex.Escape(reference.Section)}\.? ");
    }

    [GeneratedRegex(@"\b(docs/[a-z0-9/-]+\.md)(?:, ((?:CLQ|CHN)-\d\d|\d(?:\.\d)?))?")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\b[A-Z]{3,}\.md\b")]
    private static partial Regex Document();

    [GeneratedRegex(@"^\| (I|II|III|IV) \|")]
    private static partial Regex TableRow();
}

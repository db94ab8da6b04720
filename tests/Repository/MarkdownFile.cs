using System.Text.RegularExpressions;

namespace DerChain.Repository.Tests;

/// <summary>A document: its links, its fenced commands and the names it quotes.</summary>
internal sealed partial class MarkdownFile
{
    private MarkdownFile(string path)
    {
        Path = path;
        Text = RepositoryFiles.Read(path);
    }

    /// <summary>Path relative to the repository's root.</summary>
    public string Path { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The text line by line.</summary>
    public IEnumerable<string> Lines => Text.Split('\n');

    /// <summary>Targets of links, without those to the web and those within the page; an anchor is cut off.</summary>
    public IEnumerable<string> LocalLinks => Link().Matches(Text)
        .Select(static match => match.Groups[1].Value.Split('#')[0])
        .Where(static target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal));

    /// <summary>Commands in fenced blocks of shell, a block after the other; comments and empty lines are left out.</summary>
    public IEnumerable<string> ShellCommands => ShellBlock().Matches(Text)
        .SelectMany(static block => block.Groups[1].Value.Split('\n'))
        .Select(static line => line.Trim())
        .Where(static line => line.Length > 0 && line[0] != '#');

    /// <summary>All documents of the repository.</summary>
    public static IEnumerable<MarkdownFile> All => RepositoryFiles.Below(".", ".md").Select(static path => new MarkdownFile(path));

    /// <summary>Documents below a folder.</summary>
    public static IReadOnlyList<MarkdownFile> Below(string folder) =>
        [.. RepositoryFiles.Below(folder, ".md").Select(static path => new MarkdownFile(path))];

    /// <summary>One document.</summary>
    public static MarkdownFile Open(string path) => new(path);

    /// <summary>Test names in a text: what is quoted as code and reads as a class of tests or as a sentence.</summary>
    public static IEnumerable<string> TestNamesIn(string text) => Quoted().Matches(text)
        .Select(static match => match.Groups[1].Value)
        .Where(static name => ClassOfTests().IsMatch(name) || Sentence().IsMatch(name));

    /// <summary>Names of code in the text: quoted, capitalised, and no test; of a path the last part.</summary>
    public IEnumerable<string> CodeNames => QuotedPath().Matches(Text)
        .Select(static match => match.Groups[1].Value.Split('/')[^1])
        .Select(static name => name.StartsWith("DerChain.", StringComparison.Ordinal) ? name.Split('.')[^1] : name)
        .Where(static name => CodeName().IsMatch(name) && !ClassOfTests().IsMatch(name) && !Sentence().IsMatch(name));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```(?:bash|sh|shell|console)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("`([A-Za-z0-9_.]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("`([A-Za-z0-9_./]+)`")]
    private static partial Regex QuotedPath();

    [GeneratedRegex(@"^[A-Z][a-z][A-Za-z0-9]*(\.[A-Z][A-Za-z0-9]*)?$")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"^[A-Z]\w*Tests(\.\w+)?$")]
    private static partial Regex ClassOfTests();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]*_\w*[a-z]\w*_\w+$")]
    private static partial Regex Sentence();
}

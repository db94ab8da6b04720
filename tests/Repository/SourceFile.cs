using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DerChain.Repository.Tests;

/// <summary>A C# file: its text and its syntax.</summary>
internal sealed class SourceFile
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> Libraries = new(static () => Load("src"));
    private static readonly Lazy<IReadOnlyList<SourceFile>> TestSources = new(static () => Load("tests"));

    private SourceFile(string path)
    {
        Path = path;
        Text = RepositoryFiles.Read(path);
        Syntax = CSharpSyntaxTree.ParseText(Text, CSharpParseOptions.Default, path).GetRoot();
    }

    /// <summary>Files below src.</summary>
    public static IReadOnlyList<SourceFile> InSource => Libraries.Value;

    /// <summary>Files below tests.</summary>
    public static IReadOnlyList<SourceFile> InTests => TestSources.Value;

    /// <summary>Files of both.</summary>
    public static IEnumerable<SourceFile> All => InSource.Concat(InTests);

    /// <summary>Path relative to the repository's root, with slashes.</summary>
    public string Path { get; }

    /// <summary>The text as it stands there.</summary>
    public string Text { get; }

    /// <summary>The syntax of the whole file.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>Number of lines.</summary>
    public int LineCount => Text.Count(static c => c == '\n');

    /// <summary>Tokens without comments, which are no tokens.</summary>
    public IEnumerable<SyntaxToken> Tokens => Syntax.DescendantTokens();

    /// <summary>Nodes of a kind.</summary>
    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Syntax.DescendantNodes().OfType<T>();

    /// <summary>Path and line of a node, for a message.</summary>
    public string Place(SyntaxNode node) => $"{Path}:{LineOf(node) + 1}";

    /// <summary>Lines from the first to the last of a node, without the comments before it.</summary>
    public static int LinesOf(SyntaxNode node)
    {
        FileLinePositionSpan span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    /// <summary>Names that are declared below src: of types, members and parameters of records; of members also with their type.</summary>
    public static HashSet<string> DeclaredNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxNode node in InSource.SelectMany(static file => file.Syntax.DescendantNodes()))
        {
            if (NameOf(node) is not { } name)
                continue;

            names.Add(name);
            if (node.Ancestors().OfType<BaseTypeDeclarationSyntax>().FirstOrDefault() is { } type)
                names.Add($"{type.Identifier.Text}.{name}");
        }

        return names;
    }

    /// <summary>Names of the tests in the tests folder, and of the classes that hold them.</summary>
    public static HashSet<string> TestNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (MethodDeclarationSyntax method in InTests.SelectMany(static file => file.Nodes<MethodDeclarationSyntax>()))
        {
            bool isTest = method.AttributeLists.SelectMany(static list => list.Attributes)
                .Any(static attribute => attribute.Name.ToString() is "Fact" or "Theory");
            if (!isTest || method.Parent is not TypeDeclarationSyntax type)
                continue;

            names.Add(type.Identifier.Text);
            names.Add(method.Identifier.Text);
            names.Add($"{type.Identifier.Text}.{method.Identifier.Text}");
        }

        return names;
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } parameter => parameter.Identifier.Text,
        EnumMemberDeclarationSyntax member => member.Identifier.Text,
        VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field.Identifier.Text,
        _ => null,
    };

    private static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line;

    private static IReadOnlyList<SourceFile> Load(string folder) =>
        [.. RepositoryFiles.Below(folder, ".cs").Select(static path => new SourceFile(path))];
}

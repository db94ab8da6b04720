using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DerChain.Repository.Tests;

/// <summary>Choices of design that hold for the whole source tree.</summary>
public sealed class DesignTests
{
    private const double LeastSealedShare = 0.75;

    // Each has two implementations, or is the port by which a layer below calls one above.
    private static readonly string[] AllowedInterfaces = ["IConsensusEngine", "IKeyValueStore", "ITransactionRule", "ITrieNodeSource", "IValidatorTransport"];

    // In these folders a floating-point number would end up in what is hashed or paid.
    private static readonly string[] ExactFolders =
    [
        "src/Chain/", "src/Consensus/", "src/Market/Codec/", "src/Market/Records/", "src/Market/Settlement/", "src/Market/Ledger/",
        "src/Market/Participants/",
    ];

    // Here floating-point numbers hold integers, and each step on them is without error, on every machine (docs/adr/0021).
    private const string ExactIntegers = "src/Chain/Crypto/Curve/Lanes/";

    [Fact]
    public void Interfaces_are_few_and_each_is_wanted() => Assert.Equal(
        AllowedInterfaces,
        SourceFile.InSource.SelectMany(static file => file.Nodes<InterfaceDeclarationSyntax>())
            .Select(static declared => declared.Identifier.Text)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Three_quarters_of_the_classes_are_sealed_or_static()
    {
        TypeDeclarationSyntax[] classes =
        [
            .. SourceFile.InSource.SelectMany(static file => file.Nodes<TypeDeclarationSyntax>())
                .Where(static type => type is ClassDeclarationSyntax || type.IsKind(SyntaxKind.RecordDeclaration)),
        ];
        int closed = classes.Count(static type => Has(type, SyntaxKind.SealedKeyword) || Has(type, SyntaxKind.StaticKeyword));
        Assert.True(closed >= LeastSealedShare * classes.Length, $"{closed} of {classes.Length} classes are sealed or static.");
    }

    [Fact]
    public void A_class_is_open_only_where_another_is_derived_from_it()
    {
        HashSet<string> bases =
            [.. SourceFile.InSource.SelectMany(static file => file.Nodes<BaseTypeSyntax>()).Select(static type => type.Type.ToString())];
        Offences.AssertNone(
            SourceFile.InSource.SelectMany(static file => file.Nodes<ClassDeclarationSyntax>().Select(type => (file, type)))
                .Where(static found => !Has(found.type, SyntaxKind.SealedKeyword) && !Has(found.type, SyntaxKind.StaticKeyword))
                .Where(found => !bases.Contains(found.type.Identifier.Text))
                .Select(static found => $"{found.file.Place(found.type)}: {found.type.Identifier.Text}"));
    }

    [Fact]
    public void No_floating_point_where_bytes_are_hashed_or_money_is_counted() => Offences.AssertNone(
        SourceFile.InSource.Where(static file => ExactFolders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            .Where(static file => !file.Path.StartsWith(ExactIntegers, StringComparison.Ordinal))
            .SelectMany(static file => file.Nodes<PredefinedTypeSyntax>().Select(type => (file, type)))
            .Where(static found => found.type.Keyword.Kind() is SyntaxKind.DoubleKeyword or SyntaxKind.FloatKeyword)
            .Select(static found => $"{found.file.Place(found.type)}: {found.type}"));

    [Fact]
    public void Namespaces_follow_folders() => Offences.AssertNone(
        SourceFile.InSource.SelectMany(static file => file.Nodes<BaseNamespaceDeclarationSyntax>().Select(declared => (file, declared)))
            .Where(static found => found.declared.Name.ToString() != NamespaceOf(found.file.Path))
            .Select(static found => $"{found.file.Path}: {found.declared.Name}"));

    // src/Market/Records/Bids.cs: DerChain.Market.Records. The front door's project is named as its root.
    private static string NamespaceOf(string path)
    {
        string[] folders = path.Split('/')[1..^1];
        return string.Join('.', folders[0] == "DerChain" ? folders : ["DerChain", .. folders]);
    }

    private static bool Has(TypeDeclarationSyntax type, SyntaxKind modifier) => type.Modifiers.Any(modifier);
}

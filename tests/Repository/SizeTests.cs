using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DerChain.Repository.Tests;

/// <summary>Budgets of size. What does not fit is split, not excused.</summary>
public sealed class SizeTests
{
    private const int MaxFileLines = 500;
    private const int MaxFunctionLines = 70;
    private const int MaxConstructorParameters = 6;

    [Fact]
    public void No_file_is_longer_than_500_lines() => Offences.AssertNone(
        SourceFile.All.Where(static file => file.LineCount > MaxFileLines).Select(static file => $"{file.Path}: {file.LineCount} lines"));

    [Fact]
    public void No_function_is_longer_than_70_lines() => Offences.AssertNone(
        SourceFile.All.SelectMany(static file => file.Nodes<BaseMethodDeclarationSyntax>().Select(method => (file, method)))
            .Where(static found => SourceFile.LinesOf(found.method) > MaxFunctionLines)
            .Select(static found => $"{found.file.Place(found.method)}: {SourceFile.LinesOf(found.method)} lines"));

    [Fact]
    public void No_constructor_has_more_than_6_parameters() => Offences.AssertNone(
        SourceFile.InSource.SelectMany(static file => ParameterLists(file).Select(list => (file, list)))
            .Where(static found => found.list.Parameters.Count > MaxConstructorParameters)
            .Select(static found => $"{found.file.Place(found.list)}: {found.list.Parameters.Count} parameters"));

    // Records are values: their parameters are their content.
    private static IEnumerable<ParameterListSyntax> ParameterLists(SourceFile file)
    {
        foreach (ConstructorDeclarationSyntax constructor in file.Nodes<ConstructorDeclarationSyntax>())
        {
            if (constructor.Parent is not RecordDeclarationSyntax)
                yield return constructor.ParameterList;
        }

        foreach (TypeDeclarationSyntax type in file.Nodes<TypeDeclarationSyntax>())
        {
            if (type is not RecordDeclarationSyntax && type.ParameterList is { } parameters)
                yield return parameters;
        }
    }
}

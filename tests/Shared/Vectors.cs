using System.Globalization;
using System.Numerics;
using System.Text.Json;
using DerChain.Chain.Primitives;

namespace DerChain.Tests.Shared;

/// <summary>Test data made by others. Looked for in the folder that DERCHAIN_VECTORS names, then in <c>tests/vectors</c>; a test whose file is in
/// neither is skipped with that reason.</summary>
internal static class Vectors
{
    /// <summary>The path of a file or folder of test data.</summary>
    public static string Path(string name)
    {
        string? folder = FolderOf(name);
        if (folder is null)
            Assert.Skip($"The test data '{name}' is in neither the folder of DERCHAIN_VECTORS nor tests/vectors.");

        return System.IO.Path.Combine(folder, name);
    }

    public static bool IsPresent(string name) => FolderOf(name) is not null;

    public static byte[] ReadBytes(string name) => File.ReadAllBytes(Path(name));

    public static JsonElement ReadJson(string name)
    {
        using JsonDocument document = JsonDocument.Parse(ReadBytes(name));
        return document.RootElement.Clone();
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>A property that may be absent or null.</summary>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static byte[] Bytes(this JsonElement element, string name) => Hex.Parse(element.Text(name));

    public static Hash256 Hash(this JsonElement element, string name) => Hash256.Parse(element.Text(name));

    public static Address Address(this JsonElement element, string name) => Chain.Primitives.Address.Parse(element.Text(name));

    /// <summary>A JSON number, a decimal string or a string of hexadecimal digits after 0x.</summary>
    public static BigInteger Number(this JsonElement element)
    {
        string text = element.ValueKind == JsonValueKind.Number ? element.GetRawText() : element.GetString()!;
        return text.StartsWith("0x", StringComparison.Ordinal)
            ? BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : BigInteger.Parse(text, CultureInfo.InvariantCulture);
    }

    public static BigInteger Number(this JsonElement element, string name) => element.GetProperty(name).Number();

    private static string? FolderOf(string name) => Folders().FirstOrDefault(folder => System.IO.Path.Exists(System.IO.Path.Combine(folder, name)));

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("DERCHAIN_VECTORS") is { Length: > 0 } named)
            yield return named;

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return System.IO.Path.Combine(folder.FullName, "tests", "vectors");
    }
}

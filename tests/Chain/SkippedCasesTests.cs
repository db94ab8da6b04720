using System.Text.Json;

namespace DerChain.Chain.Tests;

public sealed class SkippedCasesTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_skipped_case_has_a_reason_and_still_exists() => EachCase.Holds(SkippedCases.Reasons, skipped => skipped.Key, skipped =>
    {
        output.WriteLine($"{skipped.Key}: {skipped.Value}");
        Assert.False(string.IsNullOrWhiteSpace(skipped.Value));
        string[] path = skipped.Key.Split('/');
        if (Vectors.IsPresent(path[0]))
            Assert.True(Stands(Vectors.ReadJson(path[0]), path.AsSpan(1)), $"{skipped.Key} does not exist.");
    });

    private static bool Stands(JsonElement element, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
            return true;

        if (element.ValueKind == JsonValueKind.Object)
            return element.TryGetProperty(path[0], out JsonElement value) && Stands(value, path[1..]);

        if (element.ValueKind != JsonValueKind.Array)
            return false;

        foreach (JsonElement item in element.EnumerateArray())
        {
            if (Stands(item, path))
                return true;
        }

        return false;
    }
}

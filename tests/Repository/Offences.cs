namespace DerChain.Repository.Tests;

/// <summary>What a rule of the repository found wrong.</summary>
internal static class Offences
{
    private const int MostShown = 40;

    /// <summary>Fails with the offences, one a line.</summary>
    public static void AssertNone(IEnumerable<string> found)
    {
        string[] offences = [.. found.Distinct()];
        Assert.True(offences.Length == 0, string.Join('\n', offences.Take(MostShown).Prepend($"{offences.Length} offences:")));
    }
}

namespace DerChain.Repository.Tests;

/// <summary>What a rule of the repository found wrong.</summary>
internal static class Offences
{
    /// <summary>Fails with every offence, one a line.</summary>
    public static void AssertNone(IEnumerable<string> found)
    {
        string[] offences = [.. found];
        Assert.True(offences.Length == 0, string.Join('\n', offences));
    }
}

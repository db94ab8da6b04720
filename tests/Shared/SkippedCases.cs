namespace DerChain.Tests.Shared;

/// <summary>The only cases of the test data that are not tested, or not in every run, each with its reason.</summary>
internal static class SkippedCases
{
    /// <summary>Environment variable that asks for the long tests.</summary>
    public const string Full = "DERCHAIN_FULL";

    /// <summary>File, table and, where not the whole table is meant, field; and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reasons = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["addresses.json/keys/icap"] = "ICAP, another way to write an address, is not offered.",
        ["ecdsa.json/rfc6979_k/k1"] = "A second candidate nonce is used only where the first is 0 or above the curve's order: once in 2^128 signatures.",
        ["ecdsa.json/rfc6979_k/k15"] = "As k1.",
        ["keccak.json/extremely_long"] = $"Hashes 1 GiB: in the full run ({Full}=1) only.",
    };

    /// <summary>Skips the running test with the listed reason, unless the long tests are asked for.</summary>
    public static void UnlessFull(string name) => Assert.SkipUnless(Environment.GetEnvironmentVariable(Full) is "1", Reasons[name]);
}

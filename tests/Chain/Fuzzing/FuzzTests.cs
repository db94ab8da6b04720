using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Chain.Tests.Fuzzing;

/// <summary>Mutated inputs through every decoder of the ledger: a typed error or a value whose encoding is the input, and memory in proportion to it.</summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int FullCount = 3_000_000;

    // Inputs that once broke a promise.
    private static readonly (string Target, string Hex)[] Regressions =
    [
        ("batch segment", "020100000002010203020200000000040501010000000006"), // a deletion with a value
        ("batch segment", "010000000000"), // an empty key
    ];

    private static IReadOnlyList<FuzzTarget> Targets()
    {
        var corpus = new FuzzCorpus();
        return [.. LedgerTargets.All(corpus), .. ProofTargets.All(corpus), .. JsonTargets.All()];
    }

    [Fact]
    public async Task Mutated_inputs_are_refused_or_read_as_what_they_say()
    {
        string report = await Fuzzer.RunAsync(Targets(), TimeSpan.FromSeconds(50), FullCount);
        output.WriteLine(report);
    }

    [Fact]
    public void Inputs_that_once_broke_a_promise_no_longer_do()
    {
        Dictionary<string, FuzzTarget> targets = Targets().ToDictionary(target => target.Name);
        EachCase.Holds(Regressions, found => $"{found.Target} {found.Hex}", found => targets[found.Target].Accepts(Convert.FromHexString(found.Hex)));
    }
}

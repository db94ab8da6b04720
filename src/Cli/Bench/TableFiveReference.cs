namespace DerChain.Cli.Bench;

/// <summary>What others measured: seconds for 10 blocks.</summary>
internal static class TableFiveReference
{
    // Geth v1.9.6 under Clique with period 0, all nodes on one machine with two cores, ten blocks of one transaction each, submitted one at a time, until the
    // block is known to the submitter: medians measured by this project on a machine where BouncyCastle recovered a signature in 184 µs.
    private const double BouncyCastleRecoverOnGethsMachine = 184e-6;

    // Import of a sealed chain of 20 transactions a block into an empty node, on the same machine.
    private const double GethImportedTransactionsPerSecond = 3_500;

    private static readonly Dictionary<int, double> Geth = new() { [2] = 0.071, [3] = 0.124, [5] = 0.425, [10] = 1.31 };

    // Khoshjahan and Kezunovic, "Blockchain Implementation for DER Visibility and Transaction Verification in Wholesale Market", Table V, "Time needed for
    // validation of 10 blocks", in seconds, by threads and miners.
    private static readonly Dictionary<(int Threads, int Validators), double> PaperTable = new()
    {
        [(4, 2)] = 66.3, [(4, 3)] = 42.1, [(4, 5)] = 44.4, [(4, 10)] = 48.7,
        [(8, 2)] = 42.8, [(8, 3)] = 32.0, [(8, 5)] = 35.1, [(8, 10)] = 42.6,
        [(16, 2)] = 31.8, [(16, 3)] = 25.5, [(16, 5)] = 32.1, [(16, 10)] = 37.8,
    };

    /// <summary>The numbers of validators.</summary>
    public static IReadOnlyList<int> Validators { get; } = [2, 3, 5, 10];

    /// <summary>The numbers of threads that the paper has.</summary>
    public static IReadOnlyList<int> PaperThreads { get; } = [4, 8, 16];

    /// <summary>The numbers of threads that are tried.</summary>
    public static IReadOnlyList<int> Threads { get; } = [1, 2, .. PaperThreads];

    /// <summary>The paper's time.</summary>
    public static double Paper(int threads, int validators) => PaperTable[(threads, validators)];

    /// <summary>Geth's median, scaled to a machine on which BouncyCastle recovers a signature in this time.</summary>
    public static double GethSeconds(int validators, double bouncyCastleRecover) => Geth[validators] * Slowness(bouncyCastleRecover);

    /// <summary>What Geth takes to import one transaction of a sealed chain, scaled likewise.</summary>
    public static double GethSecondsOfImport(double bouncyCastleRecover) => Slowness(bouncyCastleRecover) / GethImportedTransactionsPerSecond;

    private static double Slowness(double bouncyCastleRecover) => bouncyCastleRecover / BouncyCastleRecoverOnGethsMachine;
}

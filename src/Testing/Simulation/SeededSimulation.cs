namespace DerChain.Testing.Simulation;

/// <summary>A whole run from one seed: a consortium under faults, until they heal and the network shows that it is well.</summary>
public static class SeededSimulation
{
    private const ulong LongestWaitMilliseconds = 24 * 3_600_000UL;

    /// <summary>Runs a simulation with the options of its seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <exception cref="SimulationFailedException">A property is broken.</exception>
    public static SimulationResult Run(ulong seed) => Run(SimulationOptions.FromSeed(seed), seed);

    /// <summary>Runs a simulation.</summary>
    /// <remarks>
    /// <para>Safety is checked at every event. Then, from when the faults have healed and each node has had <see cref="SimulationOptions.SettlingMilliseconds"/> to
    /// hear of the others: within two rotations (<see cref="SimulationOptions.RotationMilliseconds"/>) all heads are equal, and grow, and are equal again. Where a
    /// finality conflict is decided meanwhile, the two rotations begin anew. At the end every transaction that a node has accepted is on every node's chain,
    /// once, and every store shows what its node shows.</para>
    /// </remarks>
    /// <param name="options">The consortium and its faults.</param>
    /// <param name="seed">What everything random is drawn from.</param>
    /// <returns>What happened.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="SimulationFailedException">A property is broken.</exception>
    public static SimulationResult Run(SimulationOptions options, ulong seed)
    {
        using var network = new SimulatedNetwork(options, seed);
        var faults = new FaultInjection(network);
        var users = new SimulatedUsers(network);
        var operators = new SimulatedOperators(network);
        faults.Start();
        network.AdvanceUntil(() => network.HighestBlock >= options.HealAtBlock, options.HealAfterMilliseconds);
        operators.HasStoppedVoting = true;
        faults.Heal();
        RequireLiveness(network, operators);
        RequireBlocks(network, operators);
        RequireTransactions(network, users);
        RequireStores(network);
        RequireTurns(network);
        return network.Result;
    }

    private static void RequireLiveness(SimulatedNetwork network, SimulatedOperators operators)
    {
        ulong healed = network.NowUnixMilliseconds;
        ulong? equalAt = null;
        bool isWell = network.AdvanceUntil(
            () =>
            {
                if (IsLate(network, operators, healed))
                    return true;

                if (!network.AllHeadsEqual || operators.IsDeciding)
                    return false;

                equalAt ??= network.HighestBlock;
                return network.HighestBlock > equalAt;
            },
            LongestWaitMilliseconds);
        if (!isWell || IsLate(network, operators, healed))
            network.Fail($"Two rotations after the faults healed the heads are not equal and growing: {DescribeHeads(network)}.");
    }

    private static bool IsLate(SimulatedNetwork network, SimulatedOperators operators, ulong healed)
    {
        SimulationOptions options = network.Options;
        ulong from = Math.Max(healed, operators.LastDecisionUnixMilliseconds ?? 0);
        return !operators.IsDeciding && network.NowUnixMilliseconds > from + options.SettlingMilliseconds + 2 * options.RotationMilliseconds;
    }

    private static void RequireBlocks(SimulatedNetwork network, SimulatedOperators operators)
    {
        while (network.Nodes.Any(node => node.Head.Number < network.Options.Blocks))
        {
            ulong least = network.Nodes.Min(static node => node.Head.Number);
            ulong wait = network.Options.SettlingMilliseconds + 2 * network.Options.RotationMilliseconds
                + 10 * Math.Max(network.Options.TransactionIntervalMilliseconds, network.Options.OperatorMilliseconds);
            if (!network.AdvanceUntil(() => network.Nodes.Min(static node => node.Head.Number) > least, wait) && !operators.IsDeciding)
                network.Fail($"The chain has stopped: {DescribeHeads(network)}.");
        }
    }

    private static void RequireTransactions(SimulatedNetwork network, SimulatedUsers users)
    {
        users.HasStopped = true;
        ulong wait = network.Options.SettlingMilliseconds + 2 * network.Options.RotationMilliseconds + 20 * network.Options.TransactionIntervalMilliseconds;
        bool isDone = network.AdvanceUntil(
            () => !users.IsAnyUnanswered && network.AllHeadsEqual && network.Nodes.All(node => network.Checks.FirstMissing(node) is null), wait);
        if (isDone)
            return;

        foreach (SimulatedNode node in network.Nodes)
        {
            if (network.Checks.FirstMissing(node) is { } missing)
                network.Fail($"{node.Name} does not have transaction {missing} on its chain, which was accepted: {DescribeHeads(network)}.");
        }

        network.Fail($"After the last transaction the heads do not become equal: {DescribeHeads(network)}.");
    }

    private static void RequireStores(SimulatedNetwork network)
    {
        foreach (SimulatedNode node in network.Nodes)
            network.CompareWithStore(node);
    }

    private static void RequireTurns(SimulatedNetwork network)
    {
        SimulationResult result = network.Result;
        if (network.Options.KeepsTurns && (result.InTurnShare <= 0.99 || result.Reorganisations > 0))
            network.Fail($"With nothing in the way {result.InTurnBlocks} of {result.AdoptedBlocks} blocks are in turn, and {result.Reorganisations} reorganisations happened.");
    }

    private static string DescribeHeads(SimulatedNetwork network) => string.Join("; ", network.Nodes.Select(static node =>
        $"{node.Name} {node.Head.Number} {node.Head.Hash.ToString()[..10]} {(node.IsRunning ? node.Status.ToString() : "stopped")}"));
}

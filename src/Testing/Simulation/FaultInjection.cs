namespace DerChain.Testing.Simulation;

/// <summary>Faults that come and go at random until they heal: partitions, crashes with their restarts, Byzantine signers.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class FaultInjection
{
    private const ulong MaxCommitOfFault = 60;

    private readonly SimulatedNetwork _network;
    private readonly SimulationOptions _options;
    private readonly SimulationRandom _random;
    private readonly List<ByzantineSigner> _byzantine = [];
    private bool _hasHealed;

    public FaultInjection(SimulatedNetwork network)
    {
        _network = network;
        _options = network.Options;
        _random = network.Random.Split();
        network.Crashed = Restart;
        foreach (ByzantineValidator validator in _options.Byzantine)
            _byzantine.Add(new ByzantineSigner(network, network.Nodes[validator.Index], validator));

        if (_options.Partitions is { } partitions)
            SchedulePartition(partitions);

        if (_options.Crashes is { } crashes)
            ScheduleCrash(crashes);
    }

    /// <summary>Starts all nodes.</summary>
    public void Start()
    {
        foreach (SimulatedNode node in _network.Nodes)
            _network.Start(node, NextFault());
    }

    /// <summary>Ends all faults: clocks are right, everyone runs, is connected and honest.</summary>
    public void Heal()
    {
        _hasHealed = true;
        _network.Note("faults heal");
        _network.Transport.IsFaulty = false;
        _network.Heal();
        _network.Crashed = null;
        foreach (SimulatedNode node in _network.Nodes)
            node.Skew = null;

        foreach (ByzantineSigner signer in _byzantine)
            signer.Heal();

        // A start that was to end in a failing write is done again on a store that does not fail.
        _network.Crash(_network.Nodes.Where(static node => node.IsRunning && node.HasScheduledFault));
        _network.Start(_network.Nodes.Where(static node => !node.IsRunning));
    }

    private void SchedulePartition(PartitionOptions partitions) => _network.Queue.After(_random.Around(partitions.MeanIntervalMilliseconds), () =>
    {
        if (_hasHealed)
            return;

        Cut(partitions);
        _network.Queue.After(_random.Around(partitions.MeanDurationMilliseconds), () =>
        {
            _network.Note("the partition ends");
            _network.Heal();
            SchedulePartition(partitions);
        });
    });

    private void Cut(PartitionOptions partitions)
    {
        int count = _network.Nodes.Count;
        int[] sides = [.. Enumerable.Range(0, count).Select(_ => _random.Index(2))];
        int alone = _random.Index(count);
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                bool isCut = partitions.Mode switch
                {
                    PartitionMode.TwoSides => sides[i] != sides[j],
                    PartitionMode.OneAlone => i == alone || j == alone,
                    _ => _random.Index(2) == 0,
                };
                if (isCut)
                    Cut(i, j, partitions.IsSymmetric);
            }
        }

        _network.Note("a partition begins");
    }

    private void Cut(int first, int second, bool bothWays)
    {
        _network.Transport.Cut(_network.Nodes[first].Endpoint, _network.Nodes[second].Endpoint);
        if (bothWays)
            _network.Transport.Cut(_network.Nodes[second].Endpoint, _network.Nodes[first].Endpoint);
    }

    private void ScheduleCrash(CrashOptions crashes) => _network.Queue.After(_random.Around(crashes.MeanIntervalMilliseconds), () =>
    {
        if (_hasHealed)
            return;

        SimulatedNode node = _network.Nodes[_random.Index(_network.Nodes.Count)];
        if (node.IsRunning)
            _network.Crash(node);

        ScheduleCrash(crashes);
    });

    private void Restart(SimulatedNode node)
    {
        ulong downtime = _options.Crashes?.MeanDowntimeMilliseconds ?? _options.ReconnectionMilliseconds;
        _network.Queue.After(_random.Around(downtime), () =>
        {
            if (!node.IsRunning)
                _network.Start(node, NextFault());
        });
    }

    private StoreFault? NextFault()
    {
        if (_hasHealed || _options.Crashes is not { } crashes || !_random.PerMille(crashes.WriteFaultsPerMille))
            return null;

        int commit = (int)_random.Between(1, MaxCommitOfFault);
        return _random.Index(3) switch
        {
            0 => StoreFault.BeforeCommit(commit),
            1 => StoreFault.TornCommit(commit, (int)_random.Between(1, 12)),
            _ => StoreFault.AfterCommit(commit),
        };
    }
}

using DerChain.Consensus.Validators;

namespace DerChain.Testing.Simulation;

/// <summary>Something that messages go to: a node, or a peer that a test plays.</summary>
internal abstract class Endpoint(string name)
{
    /// <summary>Its name in the log.</summary>
    public string Name { get; } = name;

    /// <summary>Its open connections, by number.</summary>
    public SortedDictionary<PeerId, Connection> Connections { get; } = [];

    /// <summary>Takes a message.</summary>
    public abstract void Receive(PeerId by, ReadOnlyMemory<byte> message);

    /// <summary>Learns that a connection is there.</summary>
    public abstract void Connected(PeerId peer);

    /// <summary>Learns that a connection has ended.</summary>
    public abstract void Disconnected(PeerId peer);
}

/// <summary>A connection of two endpoints. Both know it by the same number.</summary>
internal sealed class Connection(PeerId id, Endpoint first, Endpoint second)
{
    private readonly ulong[] _lastArrival = new ulong[2];

    public PeerId Id { get; } = id;

    public Endpoint First { get; } = first;

    public Endpoint Second { get; } = second;

    public Endpoint Other(Endpoint end) => ReferenceEquals(end, First) ? Second : First;

    /// <summary>The arrival of a message that keeps the order of those sent before in the same direction.</summary>
    public ulong InOrder(Endpoint from, ulong arrival)
    {
        ref ulong last = ref _lastArrival[ReferenceEquals(from, First) ? 0 : 1];
        last = Math.Max(last, arrival);
        return last;
    }
}

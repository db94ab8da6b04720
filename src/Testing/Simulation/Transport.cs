using DerChain.Consensus.Validators;

namespace DerChain.Testing.Simulation;

/// <summary>Connections, and what becomes of messages on them: delay, loss, duplication, reordering, partitions.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class Transport(EventQueue queue, SimulationOptions options, SimulationRandom random)
{
    private const int LongDelayOneOf = 32;

    private readonly HashSet<(Endpoint From, Endpoint To)> _cut = [];
    private ulong _lastConnection;

    /// <summary>False once the faults have healed.</summary>
    public bool IsFaulty { get; set; } = true;

    /// <summary>Messages sent so far.</summary>
    public ulong Messages { get; private set; }

    public static Connection? Find(Endpoint first, Endpoint second) =>
        first.Connections.Values.FirstOrDefault(connection => ReferenceEquals(connection.Other(first), second));

    public PeerId Connect(Endpoint first, Endpoint second)
    {
        var connection = new Connection(new PeerId(++_lastConnection), first, second);
        first.Connections.Add(connection.Id, connection);
        second.Connections.Add(connection.Id, connection);
        foreach (Endpoint end in (Endpoint[])[first, second])
        {
            queue.After(0, () =>
            {
                if (end.Connections.ContainsKey(connection.Id))
                    end.Connected(connection.Id);
            });
        }

        return connection.Id;
    }

    /// <summary>Ends a connection: at once for who ends it, after a delay for the other.</summary>
    public void Disconnect(Endpoint by, PeerId id)
    {
        if (!by.Connections.Remove(id, out Connection? connection))
            return;

        Endpoint other = connection.Other(by);
        queue.After(Delay(), () =>
        {
            if (other.Connections.Remove(id))
                other.Disconnected(id);
        });
    }

    /// <summary>Cuts one direction between two endpoints.</summary>
    public void Cut(Endpoint from, Endpoint to) => _cut.Add((from, to));

    /// <summary>Mends every cut.</summary>
    public void Mend() => _cut.Clear();

    public void Send(Endpoint from, PeerId by, ReadOnlyMemory<byte> message)
    {
        Messages++;
        if (!from.Connections.TryGetValue(by, out Connection? connection))
            return;

        Endpoint to = connection.Other(from);
        if (_cut.Count > 0 && _cut.Contains((from, to)))
            return;

        if (IsFaulty && random.PerMille(options.LossPerMille))
            return;

        Schedule(connection, from, to, message);
        if (IsFaulty && random.PerMille(options.DuplicationPerMille))
            Schedule(connection, from, to, message);
    }

    private void Schedule(Connection connection, Endpoint from, Endpoint to, ReadOnlyMemory<byte> message)
    {
        ulong arrival = queue.Now + Delay();
        if (!options.Reorders)
            arrival = connection.InOrder(from, arrival);

        queue.At(arrival, () =>
        {
            if (to.Connections.ContainsKey(connection.Id))
                to.Receive(connection.Id, message);
        });
    }

    private ulong Delay()
    {
        ulong mean = IsFaulty ? options.DelayMeanMilliseconds : Math.Min(options.DelayMeanMilliseconds, options.SlotMilliseconds / 16);
        ulong least = Math.Min(options.DelayMinMilliseconds, mean);
        ulong most = IsFaulty ? options.DelayMaxMilliseconds : Math.Min(options.DelayMaxMilliseconds, options.SlotMilliseconds / 8);
        return random.Below(LongDelayOneOf) == 0 && most > mean
            ? random.Between(mean, most)
            : Math.Min(least + (random.Below(mean - least + 1) + random.Below(mean - least + 1)), most);
    }
}

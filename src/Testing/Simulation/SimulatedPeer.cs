using DerChain.Consensus.Validators;

namespace DerChain.Testing.Simulation;

/// <summary>A peer that a test plays: it sends whatever bytes it likes and sees what a node sends it.</summary>
/// <threadsafety>Single owner.</threadsafety>
public sealed class SimulatedPeer
{
    private readonly List<ReadOnlyMemory<byte>> _received = [];
    private readonly Transport _transport;
    private readonly Line _line;

    internal SimulatedPeer(Transport transport, SimulatedNode node, string name, bool keepsReceived)
    {
        _transport = transport;
        _line = new Line(name, keepsReceived ? _received : null);
        Id = transport.Connect(_line, node.Endpoint);
    }

    /// <summary>The number of the connection, as the node sees it.</summary>
    public PeerId Id { get; }

    /// <summary>False once the node has ended the connection.</summary>
    public bool IsConnected => _line.Connections.Count > 0;

    /// <summary>What the node has sent, in the order of arrival.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Received => _received;

    /// <summary>Sends bytes.</summary>
    public void Send(ReadOnlyMemory<byte> message) => _transport.Send(_line, Id, message);

    private sealed class Line(string name, List<ReadOnlyMemory<byte>>? received) : Endpoint(name)
    {
        public override void Receive(PeerId by, ReadOnlyMemory<byte> message) => received?.Add(message);

        public override void Connected(PeerId peer)
        {
        }

        public override void Disconnected(PeerId peer)
        {
        }
    }
}

namespace DerChain.Consensus.Validators.Transports;

/// <summary>How a <see cref="ValidatorNode"/> reaches the others: the port for who brings a network. It carries bytes and knows nothing of what they say.</summary>
/// <remarks>
/// <para>The network is a full mesh: every node is connected with every other. Who may connect is the transport's decision, and so is encryption; what
/// arrives is judged by the node all the same. The transport opens connections and opens them again where they ended.</para>
/// <para>Messages of one connection arrive in the order in which they were sent, each whole or not at all. They may be lost: what matters is said again.</para>
/// <para>A transport serves one node at a time, and belongs to its caller: the node ends <see cref="RunAsync"/> and does not dispose of it.</para>
/// </remarks>
/// <threadsafety>The node calls <see cref="TrySend"/> and <see cref="Disconnect"/> from one thread at a time, beside <see cref="RunAsync"/>.</threadsafety>
public interface IValidatorTransport
{
    /// <summary>Carries messages until it is told to stop. The node waits for its first await.</summary>
    /// <param name="inbox">Where it reports connections, and what arrives by them.</param>
    /// <param name="stop">When to end all connections and return, soon.</param>
    /// <returns>Ends when stopped. One that ends before, or throws, has failed: the node goes on without it (<see cref="ValidatorNode.TransportFailure"/>).</returns>
    Task RunAsync(NodeInbox inbox, CancellationToken stop);

    /// <summary>Sends a message, or puts it into a bounded queue of its connection. Returns at once and does not throw.</summary>
    /// <param name="to">The connection.</param>
    /// <param name="message">The bytes, at most <see cref="NodeInbox.MaxMessageBytes"/>; nobody changes them any more.</param>
    /// <returns>False where the connection is not there any more, or its queue is full: the message is lost.</returns>
    bool TrySend(PeerId to, ReadOnlyMemory<byte> message);

    /// <summary>Ends a connection whose peer broke a rule. Nothing that comes by it afterwards is heard. Returns at once and does not throw.</summary>
    /// <param name="peer">The connection; one that has ended already is nothing to do.</param>
    /// <param name="reason">The rule and the offending values in one sentence, for a log.</param>
    void Disconnect(PeerId peer, string reason);
}

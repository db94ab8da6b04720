using System.Collections.Immutable;
using DerChain.Consensus.Validators.Transports;

namespace DerChain.Consensus.Validators;

/// <summary>A node's side of its transport: keeps what a transport of others throws away from the node's loop.</summary>
internal sealed class NodeTransport(IValidatorTransport transport, NodeInbox inbox, Action<Exception> failed) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private Exception? _failure;

    /// <summary>What made it fail; null while it works.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    public void Start() => _running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    public void Send(ImmutableArray<PeerId> to, ReadOnlyMemory<byte> message) => Guard(() =>
    {
        foreach (PeerId peer in to)
            transport.TrySend(peer, message);
    });

    public void Disconnect(PeerId peer, string reason)
    {
        inbox.Forget(peer);
        Guard(() => transport.Disconnect(peer, reason));
    }

    private async Task RunAsync()
    {
        try
        {
            await transport.RunAsync(inbox, _stop.Token).ConfigureAwait(false);
            if (!_stop.IsCancellationRequested)
                Fail(new InvalidOperationException("The transport ended though nobody stopped it."));
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested)
                Fail(exception);
        }
    }

    private void Guard(Action action)
    {
        if (Failure is not null)
            return;

        try
        {
            action();
        }
        catch (Exception exception)
        {
            Fail(exception);
            _stop.Cancel();
        }
    }

    private void Fail(Exception failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is not null)
            return;

        inbox.DisconnectAll();
        failed(failure);
    }
}

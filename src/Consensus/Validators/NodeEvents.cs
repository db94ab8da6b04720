using System.Collections.Immutable;

namespace DerChain.Consensus.Validators;

/// <summary>Who listens to a node.</summary>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class NodeEvents
{
    private readonly Lock _gate = new();
    private ImmutableArray<ValidatorEvents> _readers = [];
    private Exception? _failure;
    private bool _isEnded;

    public ValidatorEvents Subscribe()
    {
        lock (_gate)
        {
            var reader = new ValidatorEvents(Remove);
            if (_isEnded)
                reader.Complete(_failure);
            else
                _readers = _readers.Add(reader);

            return reader;
        }
    }

    public void Tell(ValidatorEvent happened)
    {
        lock (_gate)
        {
            foreach (ValidatorEvents reader in _readers)
                reader.Tell(happened);
        }
    }

    public void End(Exception? failure)
    {
        lock (_gate)
        {
            _isEnded = true;
            _failure = failure;
            foreach (ValidatorEvents reader in _readers)
                reader.Complete(failure);

            _readers = [];
        }
    }

    private void Remove(ValidatorEvents reader)
    {
        lock (_gate)
            _readers = _readers.Remove(reader);
    }
}

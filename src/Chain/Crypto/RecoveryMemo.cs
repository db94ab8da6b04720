using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto;

/// <summary>Recovered keys of signatures, for a simulation of many nodes on one thread, in which each would recover the same signatures again.</summary>
/// <remarks>
/// It is sound because recovery is a pure function of hash and signature: what is remembered is what would be computed, null included. A signature that
/// was altered in any part is another key of the memo, and is recovered. Whoever signs knows the key: (hash, signature) recovers to the signer's, since
/// the recovery id of <see cref="Secp256k1.Sign"/> names the nonce point that was used.
/// </remarks>
/// <threadsafety>In use on one thread at a time; other threads recover as if there were none.</threadsafety>
internal sealed class RecoveryMemo
{
    [ThreadStatic]
    private static RecoveryMemo? _current;

    private readonly Dictionary<(Hash256 Hash, Signature Signature), PublicKey?> _keys = [];
    private readonly int _capacity;

    /// <summary>An empty memo.</summary>
    /// <param name="capacity">Signatures remembered at most, about 400 bytes each; at least 1. Where one more comes, all are forgotten.</param>
    public RecoveryMemo(int capacity = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>The memo in use on this thread, or null.</summary>
    public static RecoveryMemo? Current => _current;

    /// <summary>Signatures remembered now.</summary>
    public int Count => _keys.Count;

    /// <summary>Puts the memo in use on this thread, until the result is disposed of on it, which puts the one before in use again.</summary>
    public IDisposable Use()
    {
        var use = new Scope(_current);
        _current = this;
        return use;
    }

    /// <summary>As <see cref="Secp256k1.TryRecover"/>.</summary>
    public PublicKey? TryRecover(Hash256 hash, in Signature signature)
    {
        if (!_keys.TryGetValue((hash, signature), out PublicKey? key))
        {
            key = Secp256k1.TryRecover(hash, signature);
            Add(hash, signature, key);
        }

        return key;
    }

    /// <summary>Remembers what a signature recovers to.</summary>
    public void Add(Hash256 hash, in Signature signature, PublicKey? key)
    {
        if (_keys.Count >= _capacity)
            _keys.Clear();

        _keys[(hash, signature)] = key;
    }

    private sealed class Scope(RecoveryMemo? before) : IDisposable
    {
        public void Dispose() => _current = before;
    }
}

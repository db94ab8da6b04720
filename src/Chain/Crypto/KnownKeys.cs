using System.Collections.Concurrent;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto;

/// <summary>Public keys of accounts that have signed before, with tables by which a signature of such an account is verified in half the time of a recovery.</summary>
/// <remarks>
/// A hint who has signed is never trusted: a signature is verified under the key of the hinted account, which is equivalent to recovering that key
/// (<see cref="Ecdsa.IsSignedBy"/>), and is recovered where that fails. So a wrong hint costs time, and what is in here never changes a result. A table is made
/// when an account is hinted for the first time after its key was seen, so that accounts that sign once cost none.
/// </remarks>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class KnownKeys
{
    /// <summary>Default of the room for keys and tables: 16 MiB, or 1,555 accounts.</summary>
    public const long DefaultBytes = 16 * 1024 * 1024;

    /// <summary>What an account takes at most: its table, its key, and the entry of the dictionary.</summary>
    public const int BytesPerKey = SplitTable.Parts * (1 << (TableWidth - 2)) * SplitTable.BytesPerPoint + 544;

    private const int TableWidth = 7;

    private readonly ConcurrentDictionary<Address, Entry> _entries = [];
    private readonly long _capacity;

    /// <summary>No keys yet.</summary>
    /// <param name="maxBytes">Room for keys and tables in bytes; below <see cref="BytesPerKey"/> none is kept. Where one more comes, all are forgotten.</param>
    public KnownKeys(long maxBytes = DefaultBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        _capacity = maxBytes / BytesPerKey;
    }

    /// <summary>Keys kept now.</summary>
    public int Count => _entries.Count;

    /// <summary>As <see cref="Secp256k1.TryRecover"/>, faster where the hint is right and the key known. Then nothing is allocated.</summary>
    /// <param name="hash">The hash that was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="hint">Who may have signed; null for no idea.</param>
    public PublicKey? TryRecover(Hash256 hash, in Signature signature, Address? hint)
    {
        if (hint is { } account && _entries.TryGetValue(account, out Entry? entry) && Ecdsa.IsSignedBy(entry.Table, hash, signature))
            return entry.Key;

        PublicKey? key = Secp256k1.TryRecover(hash, signature);
        if (key is not null)
            Remember(key);

        return key;
    }

    private void Remember(PublicKey key)
    {
        Address account = key.Address;
        if (_capacity == 0 || _entries.ContainsKey(account))
            return;

        lock (_entries)
        {
            if (_entries.Count >= _capacity)
                _entries.Clear();

            _entries.TryAdd(account, new Entry(key));
        }
    }

    private sealed class Entry(PublicKey key)
    {
        // Two threads may both make the table; they make the same.
        private volatile SplitTable? _table;

        public PublicKey Key { get; } = key;

        public SplitTable Table => _table ??= new SplitTable(AffinePoint.Read(Key.ToBytes()), TableWidth);
    }
}

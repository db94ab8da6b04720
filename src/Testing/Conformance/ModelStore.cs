using System.Buffers.Binary;
using DerChain.Chain.Storage;

namespace DerChain.Testing.Conformance;

/// <summary>A sorted dictionary that gets the same pseudo-random batches as the store it is compared with.</summary>
internal sealed class ModelStore(ulong seed)
{
    private const int KeyLetters = 4;
    private const int LongestKey = 3;
    private const int LongestValue = 300;

    private readonly SortedDictionary<byte[], byte[]> _entries = new(Comparer<byte[]>.Create(static (x, y) => x.AsSpan().SequenceCompareTo(y)));
    private ulong _state = seed;

    public IEnumerable<KeyValuePair<byte[], byte[]>> Entries => _entries;

    /// <summary>Puts and deletes among few keys, so that they meet often, and commits them to the store and here.</summary>
    public void CommitRandomBatch(IKeyValueStore store)
    {
        var batch = new WriteBatch();
        for (int left = Next(12); left > 0; left--)
        {
            byte[] key = [.. Enumerable.Range(0, 1 + Next(LongestKey)).Select(_ => (byte)(Next(KeyLetters) * 85))];
            if (Next(3) == 0)
            {
                batch.Delete(key);
                _entries.Remove(key);
            }
            else
            {
                byte[] value = RandomValue();
                batch.Put(key, value);
                _entries[key] = value;
            }
        }

        store.Commit(batch);
    }

    private byte[] RandomValue()
    {
        var value = new byte[Next(LongestValue)];
        for (int at = 0; at + sizeof(int) <= value.Length; at += sizeof(int))
            BinaryPrimitives.WriteInt32LittleEndian(value.AsSpan(at), Next(int.MaxValue));

        return value;
    }

    // A linear congruential generator with Knuth's constants (MMIX): the same batches in every run.
    private int Next(int below)
    {
        _state = unchecked(_state * 6364136223846793005UL + 1442695040888963407UL);
        return (int)((_state >> 33) % (ulong)below);
    }
}

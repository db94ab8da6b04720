using CsCheck;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Storage;
using DerChain.Chain.Trie;

namespace DerChain.Chain.Tests.Trie;

/// <summary>The trie against a sorted list of its entries, from which it is built anew: roots, values and stored nodes must agree.</summary>
public sealed class TriePropertyTests
{
    // Few distinct keys of few distinct bytes: they share prefixes, end in one another and are removed often.
    private static readonly Gen<byte[]> Keys = Gen.Int[0, 3].Select(choice => (byte)(choice * 0x11)).Array[0, 4];
    private static readonly Gen<byte[]> Values = Gen.OneOf(Gen.Byte.Array[0, 3], Gen.Byte.Array[30, 40]);

    private static readonly Gen<(byte[] Key, byte[] Value, bool Commits)[]> Writes =
        Gen.Select(Keys, Gen.OneOf(Values, Gen.Const(Array.Empty<byte>())), Gen.Int[0, 5].Select(choice => choice == 0)).Array[1, 40];

    [Fact]
    public void After_any_writes_the_trie_is_the_one_built_from_what_is_left() => Writes.Sample(
        writes =>
        {
            var nodes = new StoredNodes();
            var left = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, nodes);
            foreach ((byte[] key, byte[] value, bool commits) in writes)
            {
                trie.Set(key, value);
                if (value.Length == 0)
                    left.Remove(Convert.ToHexString(key));
                else
                    left[Convert.ToHexString(key)] = value;

                if (commits)
                    trie = new MerklePatriciaTrie(nodes.Commit(trie), nodes);
            }

            Assert.Equal(Rebuild(left), nodes.Commit(trie));
            AssertHolds(new MerklePatriciaTrie(nodes.Commit(trie), nodes), left, writes.Select(write => write.Key));
        },
        iter: 3_000);

    [Fact]
    public void Reading_and_removing_absent_keys_makes_no_new_nodes()
    {
        var nodes = new StoredNodes();
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, nodes);
        for (int number = 0; number < 200; number++)
            trie.Set(BitConverter.GetBytes(number), [1, 2, 3]);

        Hash256 root = nodes.Commit(trie);
        var reopened = new MerklePatriciaTrie(root, nodes);
        for (int number = 200; number < 400; number++)
        {
            Assert.Null(reopened.Get(BitConverter.GetBytes(number)));
            reopened.Set(BitConverter.GetBytes(number), []);
        }

        var newNodes = new List<TrieNode>();
        Assert.Equal(root, reopened.ComputeRoot(newNodes));
        Assert.Empty(newNodes);
    }

    [Fact]
    public void An_ordered_trie_is_the_trie_of_its_indices() => EachCase.Holds([0, 1, 2, 3, 17, 126, 127, 128, 129, 255, 256, 257, 300], count => $"{count} items", count =>
    {
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        foreach (int index in Enumerable.Range(0, count).Reverse())
            trie.Set(index == 0 ? [0x80] : index < 128 ? [(byte)index] : index < 256 ? [0x81, (byte)index] : [0x82, 1, (byte)(index - 256)], Item(index));

        Assert.Equal(trie.ComputeRoot([]), OrderedTrie.Root(count, (index, writer) => writer.Write(Item(index))));
    });

    [Fact]
    public void A_change_of_a_branch_and_its_value_leaves_the_kept_branch_as_it_was()
    {
        var nodes = new StoredNodes();
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, nodes);
        byte[] long1 = [.. Enumerable.Repeat((byte)1, 40)];
        foreach (byte[] key in (byte[][])[[0x12], [0x12, 0x34], [0x12, 0x35], [0x12, 0x44], [0x77]])
            trie.Set(key, long1);

        Hash256 root = nodes.Commit(trie);
        foreach (byte[] value in (byte[][])[[7, 7], []])
        {
            var changed = new MerklePatriciaTrie(root, nodes);
            changed.Set([0x12], value);
            changed.Set([0x12, 0x56], [9]);
            changed.Set([0x12, 0x44], []);
            nodes.Commit(changed);

            // Read twice: kept and decoded.
            for (int read = 0; read < 2; read++)
            {
                var before = new MerklePatriciaTrie(root, nodes);
                Assert.Null(before.Get([0x12, 0x56]));
                Assert.Equal(long1, before.Get([0x12, 0x44]));
                Assert.Equal(long1, before.Get([0x12]));
            }
        }
    }

    [Fact]
    public void Keys_of_a_list_are_the_RLP_of_its_indices() => EachCase.Holds(
        [0, 1, 127, 128, 255, 256, 65_535, 65_536, 16_777_216, int.MaxValue], index => $"index {index}", index =>
        {
            using var writer = new RlpWriter(16);
            writer.Write((ulong)index);
            Assert.Equal(writer.ToArray(), OrderedTrie.Key(index));
        });

    [Fact]
    public void Altered_nodes_never_make_the_decoder_throw()
    {
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        for (int number = 0; number < 40; number++)
            trie.Set(BitConverter.GetBytes(number * 7919), [1, 2, 3]);

        var nodes = new List<TrieNode>();
        trie.ComputeRoot(nodes);
        foreach (TrieNode node in nodes)
        {
            for (int index = 0; index < node.Encoded!.Length; index++)
            {
                byte[] altered = [.. node.Encoded];
                altered[index] ^= 0x41;
                TrieNode.TryDecode(altered);
            }
        }
    }

    private static byte[] Item(int index) => [(byte)(index % 256), 7, 7];

    private static Hash256 Rebuild(SortedDictionary<string, byte[]> entries)
    {
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        foreach ((string key, byte[] value) in entries.Reverse())
            trie.Set(Convert.FromHexString(key), value);

        return trie.ComputeRoot([]);
    }

    private static void AssertHolds(MerklePatriciaTrie trie, SortedDictionary<string, byte[]> expected, IEnumerable<byte[]> keys)
    {
        foreach (byte[] key in keys)
            Assert.Equal(expected.GetValueOrDefault(Convert.ToHexString(key)), trie.Get(key));
    }

    private sealed class StoredNodes : ITrieNodeSource
    {
        private readonly Dictionary<Hash256, TrieNode> _nodes = [];
        private int _loads;

        // Kept, or read from its encoding, in turn: a trie does not see the difference.
        public TrieNode Load(Hash256 hash)
        {
            TrieNode kept = _nodes[hash];
            return _loads++ % 2 == 0 ? kept : TrieNode.TryDecode(kept.Encoded!) ?? throw new StoreCorruptException($"{hash} is not a node.");
        }

        public Hash256 Commit(MerklePatriciaTrie trie)
        {
            var newNodes = new List<TrieNode>();
            Hash256 root = trie.ComputeRoot(newNodes);
            foreach (TrieNode node in newNodes)
            {
                node.Detach();
                _nodes[node.Hash] = node;
            }

            return root;
        }
    }
}

using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Trie;

namespace DerChain.Chain.Tests.Trie;

/// <summary>A trie built at once is the one that is built entry by entry, node for node.</summary>
public sealed class TrieBuilderTests
{
    // Keys that share long prefixes beside keys that share none; short values make nodes that their parents hold themselves.
    private static readonly Gen<Hash256> Keys = Gen.OneOf(
        Gen.Byte.Array[32],
        Gen.Select(Gen.Int[0, 31], Gen.Byte, (place, value) => { var key = new byte[32]; key[place] = value; return key; }),
        Gen.Byte.Select(last => (byte[])[.. new byte[31], last])).Select(key => Hash256.FromBytes(key));

    [Fact]
    public void Root_and_nodes_are_those_of_a_trie_built_entry_by_entry() => Gen.Select(Keys.Array[0, 60], Gen.Byte.Array[1, 40].Array[60]).Sample(
        (chosen, values) =>
        {
            Hash256[] keys = [.. chosen.Distinct().Order()];
            var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
            foreach ((Hash256 key, byte[] value) in keys.Zip(values))
                trie.Set(key.ToBytes(), value);

            var expected = new List<TrieNode>();
            var built = new List<KeyValuePair<Hash256, byte[]>>();
            Assert.Equal(trie.ComputeRoot(expected), TrieBuilder.Build(new HashedEntries(keys, place => values[place]), built));
            Assert.Equal(Sorted(expected.Select(node => KeyValuePair.Create(node.Hash, node.Encoded!))), Sorted(built));
        });

    [Fact]
    public void Two_thousand_accounts_have_the_root_of_a_trie_built_entry_by_entry()
    {
        Hash256[] keys = [.. Enumerable.Range(0, 2_000).Select(index => Keccak256.Hash(BitConverter.GetBytes(index))).Order()];
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        foreach (Hash256 key in keys)
            trie.Set(key.ToBytes(), key.ToBytes());

        Assert.Equal(trie.ComputeRoot([]), TrieBuilder.Build(new HashedEntries(keys, place => keys[place].ToBytes()), newNodes: null));
    }

    private static IEnumerable<string> Sorted(IEnumerable<KeyValuePair<Hash256, byte[]>> nodes) =>
        nodes.Select(node => $"{node.Key} {Hex.Format(node.Value)}").Distinct().Order();
}

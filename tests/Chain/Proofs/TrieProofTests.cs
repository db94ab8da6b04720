using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Proofs;

/// <summary>Proofs of single keys against a sorted list of the trie's entries.</summary>
public sealed class TrieProofTests
{
    // Few distinct keys of few distinct bytes: they share prefixes and end in one another. Short values make nodes that stand inside their parent.
    private static readonly Gen<byte[]> Keys = Gen.Int[0, 3].Select(choice => (byte)(choice * 0x11)).Array[0, 4];
    private static readonly Gen<byte[]> Values = Gen.OneOf(Gen.Byte.Array[1, 3], Gen.Byte.Array[30, 40]);
    private static readonly Gen<(byte[] Key, byte[] Value)[]> Entries = Gen.Select(Keys, Values).Array[0, 30];

    // Made with @ethereumjs/mpt 10 from 20 items, item i being 1 + 37 i mod 90 bytes of value i.
    private const string Root = "f853a0e410c677c9db72fb404c646e2813a1910f530f2dac752c4c1387cddab87c6d59a0d36bf7f3cf72549a783cf3f5ac16c6c358a463"
        + "31015410a1cf2d4081cd8c9b1c808080808080c230008080808080808080";
    private const string Branch = "f891a0f96c5240f50d20b8281c4c6e52a8f0448f1a0c40f4c4e3b363b4176b08981982a06a2b4419c7be9e954e1d2a375ffdfb1f01b958"
        + "46b83442e728710ca2bca236e3a01be1ce63ee2bc4efec6c3d78dbba0a77ebbc827e6fb11ab3982590d3e36f9e1ba0b0cc85f33fbb2727"
        + "cf2d0eabff5dc3cdc50498b3b31589b6dced942598e3b17680808080808080808080808080";
    private const string Leaf = "f720b510101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010"
        + "10";

    [Fact]
    public void Every_key_of_the_known_tries_is_proven_and_every_other_is_proven_absent() => EachCase.Holds(
        Vectors.ReadJson("trie.json").GetProperty("cases").EnumerateArray(), test => test.Text("name"), test =>
        {
            bool isSecure = test.GetProperty("secure").GetBoolean();
            var entries = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (JsonElement write in test.GetProperty("ops").EnumerateArray())
                entries[KeyOf(write[0], isSecure)] = write[1].ValueKind == JsonValueKind.Null ? [] : Hex.Parse(write[1].GetString());

            MerklePatriciaTrie trie = TrieOf(entries);
            Assert.Equal(test.Hash("root"), trie.ComputeRoot([]));
            foreach (string key in entries.Keys.Concat(entries.Keys.SelectMany(Neighbours)))
                AssertProves(trie, entries, Convert.FromHexString(key));
        });

    [Fact]
    public void Every_present_key_proves_its_value_and_every_absent_key_its_absence() => Gen.Select(Entries, Keys.Array[0, 10]).Sample(
        (entries, others) =>
        {
            SortedDictionary<string, byte[]> expected = Sorted(entries);
            MerklePatriciaTrie trie = TrieOf(expected);
            foreach (byte[] key in entries.Select(entry => entry.Key).Concat(others))
                AssertProves(trie, expected, key);
        },
        iter: 3_000);

    [Fact]
    public void No_other_nodes_prove_the_same_key() => Gen.Select(Entries, Keys, Gen.Int[0, 4], Gen.Int[0, 10_000], Gen.Byte).Sample(
        (entries, key, change, place, value) =>
        {
            MerklePatriciaTrie trie = TrieOf(Sorted(entries));
            ImmutableArray<ReadOnlyMemory<byte>> nodes = trie.Prove(key);
            ImmutableArray<ReadOnlyMemory<byte>> changed = Change(nodes, change, place, value, trie);
            ValidationResult result = TrieProof.Verify(trie.ComputeRoot([]), key, changed, out byte[]? found);
            Assert.Equal(AreSame(nodes, changed), result.IsValid);
            Assert.True(result.IsValid || (found is null && result.Error is ChainError));
        },
        iter: 20_000);

    [Fact]
    public void The_nodes_of_one_key_prove_nothing_false_about_another() => Gen.Select(Entries, Keys, Keys).Sample(
        (entries, key, other) =>
        {
            SortedDictionary<string, byte[]> expected = Sorted(entries);
            MerklePatriciaTrie trie = TrieOf(expected);
            if (TrieProof.Verify(trie.ComputeRoot([]), other, trie.Prove(key), out byte[]? value).IsValid)
                Assert.Equal(expected.GetValueOrDefault(Convert.ToHexString(other)), value);
        },
        iter: 10_000);

    [Fact]
    public void Proofs_are_those_that_another_implementation_gives()
    {
        var rootHash = Hash256.Parse("a8ede461e57e41f7cf9d84934737d9f45b409ca1f0cbf46757cce3363ad0642d");
        AssertProof(16, Root, Branch, Leaf);
        AssertProof(20, Root, Branch);
        AssertProof(0, Root);

        void AssertProof(int index, params string[] expected)
        {
            ImmutableArray<ReadOnlyMemory<byte>> nodes = OrderedTrie.Prove(20, Item, index);
            Assert.Equal(expected, nodes.Select(node => Convert.ToHexStringLower(node.Span)));
            Assert.True(TrieProof.Verify(rootHash, OrderedTrie.Key(index), nodes, out byte[]? value).IsValid);
            Assert.Equal(index < 20 ? Item(index) : null, value);
        }

        static byte[] Item(int index)
        {
            var item = new byte[1 + index * 37 % 90];
            item.AsSpan().Fill((byte)index);
            return item;
        }
    }

    [Fact]
    public void A_node_that_no_trie_can_hold_is_refused_although_the_hash_is_right() => EachCase.Holds(
        (string[])
        [
            "01", // no list
            "c0", // no items
            "c22001c0", // bytes behind it
            "c3200180", // three items
            "c22080", // a leaf without a value
            "c24001", // a flag that does not exist
            "c22101", // a leaf with a half byte where none belongs
            "e38200019f" + "00000000000000000000000000000000000000000000000000000000000000", // an extension to 31 bytes
            "e200a0" + "0000000000000000000000000000000000000000000000000000000000000000", // an extension of no step
            "c411c22001", // an extension to a leaf
            "d1" + "80808080808080808080808080808080" + "80", // a branch without entries
            "d1" + "80808080808080808080808080808080" + "01", // a branch with one entry
        ],
        hex => hex,
        hex =>
        {
            byte[] node = Convert.FromHexString(hex);
            ValidationResult result = TrieProof.Verify(Keccak256.Hash(node), [0x11], [node], out byte[]? value);
            Assert.Equal(ChainError.ProofNodeMalformed, result.Error);
            Assert.Null(value);
        });

    [Fact]
    public void An_extension_leads_to_a_branch_and_a_short_node_stands_inside_its_parent()
    {
        byte[] longLeaf = [0xe3, 0x20, 0xa1, .. Enumerable.Repeat((byte)0x7f, 33)];
        byte[] shortLeaf = [0xc2, 0x20, 0x01];
        Assert.Equal(ChainError.ProofNodeMalformed, VerifyBehindExtension(longLeaf));
        Assert.Equal(ChainError.ProofNodeMalformed, VerifyBehindExtension(shortLeaf));

        static Enum? VerifyBehindExtension(byte[] leaf)
        {
            byte[] extension = [0xe4, 0x82, 0x00, 0x11, 0xa0, .. Keccak256.Hash(leaf).ToBytes()];
            return TrieProof.Verify(Keccak256.Hash(extension), [0x11], [extension, leaf], out _).Error;
        }
    }

    [Fact]
    public void Of_an_empty_trie_no_nodes_prove_that_a_key_is_absent()
    {
        Assert.True(TrieProof.Verify(MerklePatriciaTrie.EmptyRoot, [1], [], out byte[]? value).IsValid);
        Assert.Null(value);
        Assert.Equal(ChainError.ProofNotMinimal, TrieProof.Verify(MerklePatriciaTrie.EmptyRoot, [1], [new byte[] { 0x80 }], out _).Error);
    }

    [Fact]
    public void A_trie_changed_since_its_root_was_computed_proves_nothing()
    {
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        trie.Set([1], [1]);
        Assert.Throws<InvalidOperationException>(() => trie.Prove([1]));
    }

    private static void AssertProves(MerklePatriciaTrie trie, SortedDictionary<string, byte[]> expected, byte[] key)
    {
        ValidationResult result = TrieProof.Verify(trie.ComputeRoot([]), key, trie.Prove(key), out byte[]? value);
        Assert.True(result.IsValid, result.ToString());
        byte[]? known = expected.GetValueOrDefault(Convert.ToHexString(key));
        Assert.Equal(known is [] ? null : known, value);
    }

    // Keys that part from this one early, late, and by ending before or behind it.
    private static IEnumerable<string> Neighbours(string key)
    {
        yield return key + "00";
        if (key.Length == 0)
            yield break;

        yield return key[..^2];
        byte[] bytes = Convert.FromHexString(key);
        for (int index = 0; index < bytes.Length; index += Math.Max(1, bytes.Length / 4))
        {
            byte[] other = [.. bytes];
            other[index] ^= 0x10;
            yield return Convert.ToHexString(other);
        }

        bytes[^1] ^= 0x01;
        yield return Convert.ToHexString(bytes);
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Change(
        ImmutableArray<ReadOnlyMemory<byte>> nodes, int change, int place, byte value, MerklePatriciaTrie trie)
    {
        int index = nodes.Length == 0 ? 0 : place % nodes.Length;
        switch (change)
        {
            case 0 when nodes.Length > 0:
                byte[] altered = nodes[index].ToArray();
                altered[place % altered.Length] = value;
                return nodes.SetItem(index, altered);
            case 1 when nodes.Length > 0:
                return nodes.RemoveAt(index);
            case 2 when nodes.Length > 0:
                return nodes.SetItem(index, nodes[^1]).SetItem(nodes.Length - 1, nodes[index]);
            case 3 when nodes.Length > 0:
                return nodes.Insert(index, nodes[index]);
            default:
                ImmutableArray<ReadOnlyMemory<byte>> others = trie.Prove([value]);
                return nodes.Insert(index, others.Length == 0 ? new byte[] { value } : others[place % others.Length]);
        }
    }

    private static bool AreSame(ImmutableArray<ReadOnlyMemory<byte>> left, ImmutableArray<ReadOnlyMemory<byte>> right) =>
        left.Select(node => Convert.ToHexString(node.Span)).SequenceEqual(right.Select(node => Convert.ToHexString(node.Span)));

    private static SortedDictionary<string, byte[]> Sorted((byte[] Key, byte[] Value)[] entries)
    {
        var sorted = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach ((byte[] key, byte[] value) in entries)
            sorted[Convert.ToHexString(key)] = value;

        return sorted;
    }

    private static MerklePatriciaTrie TrieOf(SortedDictionary<string, byte[]> entries)
    {
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        foreach ((string key, byte[] value) in entries)
            trie.Set(Convert.FromHexString(key), value);

        trie.ComputeRoot([]);
        return trie;
    }

    private static string KeyOf(JsonElement key, bool isSecure)
    {
        byte[] bytes = Hex.Parse(key.GetString());
        return Convert.ToHexString(isSecure ? Keccak256.Hash(bytes).ToBytes() : bytes);
    }
}

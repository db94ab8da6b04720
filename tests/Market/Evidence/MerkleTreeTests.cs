using System.Collections.Immutable;
using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Evidence;

namespace DerChain.Market.Tests.Evidence;

/// <summary>The tree against the recursive definitions of RFC 9162 (2.1.1, 2.1.3), written down as they stand there.</summary>
public sealed class MerkleTreeTests
{
    private const int MaxLeaves = 70;

    [Fact]
    public void Roots_and_proofs_are_those_of_the_recursive_definition()
    {
        for (int count = 1; count <= MaxLeaves; count++)
        {
            ImmutableArray<Hash256> leaves = Leaves(count);
            MerkleTree tree = MerkleTree.Over(leaves);
            Assert.Equal((count, NaiveRoot(leaves.AsSpan())), (tree.Count, tree.Root));
            for (int index = 0; index < count; index++)
            {
                ImmutableArray<Hash256> path = tree.ProofOf(index);
                Assert.Equal(NaivePath(index, leaves.AsSpan()), path);
                Assert.Equal(tree.Root, MerkleTree.RootOf(leaves[index], index, count, path.AsSpan()));
            }
        }
    }

    [Fact]
    public void The_root_of_leaves_that_come_one_by_one_is_that_of_the_tree()
    {
        ImmutableArray<Hash256> leaves = Leaves(MaxLeaves);
        var root = new MerkleRoot();
        Assert.Null(root.Value);
        for (int count = 1; count <= MaxLeaves; count++)
        {
            root.Add(leaves[count - 1]);
            Assert.Equal((count, NaiveRoot(leaves.AsSpan(0, count))), (root.Count, root.Value));
        }
    }

    [Fact]
    public void A_proof_holds_for_its_leaf_and_index_alone()
    {
        for (int count = 2; count <= 20; count++)
        {
            ImmutableArray<Hash256> leaves = Leaves(count);
            MerkleTree tree = MerkleTree.Over(leaves);
            for (int index = 0; index < count; index++)
            {
                ImmutableArray<Hash256> path = tree.ProofOf(index);
                for (int other = 0; other < count; other++)
                {
                    if (other != index)
                        Assert.NotEqual(tree.Root, MerkleTree.RootOf(leaves[index], other, count, path.AsSpan()));

                    Assert.Equal(other == index, MerkleTree.RootOf(leaves[other], index, count, path.AsSpan()) == tree.Root);
                }

                Assert.Null(MerkleTree.RootOf(leaves[index], index, index, path.AsSpan()));
                Assert.Null(MerkleTree.RootOf(leaves[index], -1, count, path.AsSpan()));
                Assert.Null(MerkleTree.RootOf(leaves[index], index, count, path.AsSpan()[..^1]));
                Assert.Null(MerkleTree.RootOf(leaves[index], index, count, [.. path, Hash256.Zero]));
            }
        }
    }

    [Fact]
    public void Any_altered_hash_of_a_proof_leads_elsewhere() => Gen.Select(Gen.Int[2, MaxLeaves], Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Int[0, 255]).Sample((count, at, place, bit) =>
    {
        MerkleTree tree = MerkleTree.Over(Leaves(count));
        int index = at % count;
        ImmutableArray<Hash256> path = tree.ProofOf(index);
        byte[] altered = path[place % path.Length].ToBytes();
        altered[bit / 8] ^= (byte)(1 << (bit % 8));
        path = path.SetItem(place % path.Length, Hash256.FromBytes(altered));
        Assert.NotEqual(tree.Root, MerkleTree.RootOf(Leaves(count)[index], index, count, path.AsSpan()));
    });

    [Fact]
    public void A_node_is_no_leaf_and_the_order_of_leaves_counts()
    {
        ImmutableArray<Hash256> leaves = Leaves(2);
        byte[] node = [.. leaves[0].ToBytes(), .. leaves[1].ToBytes()];
        Assert.NotEqual(MerkleTree.HashLeaf(node), MerkleTree.Over(leaves).Root);
        Assert.NotEqual(MerkleTree.Over([leaves[1], leaves[0]]).Root, MerkleTree.Over(leaves).Root);
        Assert.Equal(Keccak256.Hash([0]), MerkleTree.HashLeaf([]));
    }

    [Fact]
    public void Misuse_throws()
    {
        Assert.Throws<ArgumentException>(() => MerkleTree.Over([]));
        MerkleTree tree = MerkleTree.Over(Leaves(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ProofOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ProofOf(3));
    }

    private static ImmutableArray<Hash256> Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(static index => MerkleTree.HashLeaf([(byte)index, 0xda]))];

    // MTH(D[n]) = HASH(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the largest power of two below n.
    private static Hash256 NaiveRoot(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 1)
            return leaves[0];

        int k = Split(leaves.Length);
        return Keccak256.Hash([1, .. NaiveRoot(leaves[..k]).ToBytes(), .. NaiveRoot(leaves[k..]).ToBytes()]);
    }

    // PATH(m, D[n]) = PATH(m, D[0:k]) : MTH(D[k:n]) for m < k, else PATH(m - k, D[k:n]) : MTH(D[0:k]).
    private static ImmutableArray<Hash256> NaivePath(int index, ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 1)
            return [];

        int k = Split(leaves.Length);
        return index < k
            ? [.. NaivePath(index, leaves[..k]), NaiveRoot(leaves[k..])]
            : [.. NaivePath(index - k, leaves[k..]), NaiveRoot(leaves[..k])];
    }

    private static int Split(int count)
    {
        int k = 1;
        while (2 * k < count)
            k *= 2;

        return k;
    }
}

using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;

namespace DerChain.Chain.Tests.Blocks;

public sealed class BlockHeaderTests
{
    [Fact]
    public void A_changed_copy_has_the_hash_of_its_own_encoding()
    {
        BlockHeader header = TestChain.Open(TestChain.GenesisOf(1)).Chain.Head.Header;
        Assert.Equal(Keccak256.Hash(header.Encode()), header.ComputeHash());

        BlockHeader copy = header with { };
        BlockHeader other = header with { Number = header.Number + 1 };

        Assert.Equal(Keccak256.Hash(other.Encode()), other.ComputeHash());
        Assert.NotEqual(header.ComputeHash(), other.ComputeHash());
        Assert.Equal(header.ComputeHash(), copy.ComputeHash());
        Assert.Equal(header, copy);
        Assert.NotEqual(header, other);
    }
}

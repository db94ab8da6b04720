using CsCheck;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Primitives;

public sealed class HashAndAddressTests
{
    [Fact]
    public void Hash_keeps_its_bytes_text_and_order() => Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample((first, second) =>
    {
        Hash256 hash = Hash256.FromBytes(first);
        Assert.Equal(first, hash.ToBytes());
        Assert.Equal("0x" + Convert.ToHexStringLower(first), hash.ToString());
        Assert.Equal(hash, Hash256.Parse(hash.ToString().ToUpperInvariant()));
        Assert.Equal(hash, Hash256.Parse(Convert.ToHexString(first)));
        Assert.Equal(Math.Sign(first.AsSpan().SequenceCompareTo(second)), Math.Sign(hash.CompareTo(Hash256.FromBytes(second))));
        Assert.Equal(first.AsSpan().SequenceEqual(second), hash == Hash256.FromBytes(second));
    });

    [Fact]
    public void Address_keeps_its_bytes_text_and_order() => Gen.Select(Gen.Byte.Array[20], Gen.Byte.Array[20]).Sample((first, second) =>
    {
        Address address = Address.FromBytes(first);
        Assert.Equal(first, address.ToBytes());
        Assert.Equal("0x" + Convert.ToHexStringLower(first), address.ToString());
        Assert.Equal(address, Address.Parse(Convert.ToHexString(first)));
        Assert.Equal(Math.Sign(first.AsSpan().SequenceCompareTo(second)), Math.Sign(address.CompareTo(Address.FromBytes(second))));
    });

    [Fact]
    public void Every_byte_counts_for_equality_and_order() => EachCase.Holds(Enumerable.Range(0, 32), index => $"byte {index}", index =>
    {
        var bytes = new byte[32];
        bytes[index] = 1;
        Assert.True(Hash256.FromBytes(bytes) > Hash256.Zero);
        Assert.False(Hash256.FromBytes(bytes).IsZero);
        if (index < Address.Length)
            Assert.True(Address.FromBytes(bytes.AsSpan(0, Address.Length)) > Address.Zero);
    });

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0x00")]
    [InlineData("0x000000000000000000000000000000000000000g")]
    [InlineData("0x00000000000000000000000000000000000000000")]
    [InlineData("0x0x00000000000000000000000000000000000000")]
    public void Text_that_is_no_address_is_refused(string text)
    {
        Assert.False(Address.TryParse(text, out Address address));
        Assert.True(address.IsZero);
        Assert.Throws<FormatException>(() => Address.Parse(text));
        Assert.Throws<FormatException>(() => Hash256.Parse(text));
    }

    [Fact]
    public void Wrong_lengths_are_misuse()
    {
        Assert.Throws<ArgumentException>(() => Hash256.FromBytes(new byte[31]));
        Assert.Throws<ArgumentException>(() => Address.FromBytes(new byte[21]));
    }
}

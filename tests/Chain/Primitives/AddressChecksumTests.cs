using CsCheck;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Primitives;

public sealed class AddressChecksumTests
{
    private const string Checksummed = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

    [Fact]
    public void The_examples_of_EIP_55_have_their_letters() => EachCase.Holds(
        Vectors.ReadJson("addresses.json").GetProperty("eip55").EnumerateArray().Select(test => test.GetString()!), text => text, AssertChecksummed);

    [Fact]
    public void Addresses_of_keys_have_their_letters() => EachCase.Holds(
        Vectors.ReadJson("addresses.json").GetProperty("keys").EnumerateArray().Where(test => test.Find("addressChecksum") is not null)
            .Select(test => test.Text("addressChecksum")),
        text => text,
        AssertChecksummed);

    [Theory]
    [InlineData(Checksummed)]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")]
    [InlineData("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")]
    [InlineData("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED")]
    [InlineData("0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED")]
    [InlineData("0x5aaEb6053f3E94C9b9A09f33669435E7Ef1BeAed", false)]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", false)]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", false)]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd", false)]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg", false)]
    [InlineData("", false)]
    public void Letters_of_one_case_need_no_checksum_letters_of_both_do(string text, bool expected = true)
    {
        Assert.Equal(expected, Address.TryParseChecksummed(text, out Address address));
        Assert.Equal(expected ? Checksummed : Address.Zero.ToString(), expected ? address.ToChecksumString() : address.ToString());
    }

    [Fact]
    public void Digits_alone_have_no_case() => Assert.True(Address.TryParseChecksummed("0x0000000000000000000000000000000000000001", out _));

    [Fact]
    public void A_letter_of_the_other_case_is_found() => Gen.Select(Gen.Byte.Array[20], Gen.Int[2, 41]).Sample((bytes, place) =>
    {
        Address address = Address.FromBytes(bytes);
        char[] text = address.ToChecksumString().ToCharArray();
        Assert.True(Address.TryParseChecksummed(text, out Address read));
        Assert.Equal(address, read);
        text[place] = char.IsUpper(text[place]) ? char.ToLowerInvariant(text[place]) : char.ToUpperInvariant(text[place]);
        string changed = new(text);
        bool unharmed = changed == address.ToChecksumString();
        bool hasOneCase = changed[2..].All(digit => !char.IsUpper(digit)) || changed[2..].All(digit => !char.IsLower(digit));
        Assert.Equal(unharmed || hasOneCase, Address.TryParseChecksummed(changed, out _));
    });

    private static void AssertChecksummed(string text)
    {
        Assert.Equal(text, Address.Parse(text.ToLowerInvariant()).ToChecksumString());
        Assert.True(Address.TryParseChecksummed(text, out Address address));
        Assert.Equal(Address.Parse(text), address);
    }
}

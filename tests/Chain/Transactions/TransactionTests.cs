using System.Globalization;
using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Tests.Transactions;

public sealed class TransactionTests
{
    private static readonly PrivateKey Sender = TestChain.Key("sender");
    private static readonly Address Recipient = TestChain.Key("recipient").Address;

    [Fact]
    public void The_example_of_EIP_155_has_its_bytes()
    {
        Transaction transaction = new UnsignedTransaction
        {
            Type = TransactionType.Legacy,
            ChainId = 1,
            Nonce = 9,
            MaxPriorityFeePerGas = 20_000_000_000,
            MaxFeePerGas = 20_000_000_000,
            GasLimit = 21_000,
            To = Address.Parse("0x3535353535353535353535353535353535353535"),
            Value = 1_000_000_000_000_000_000,
        }.Sign(PrivateKey.FromBytes(Hex.Parse("0x4646464646464646464646464646464646464646464646464646464646464646")));

        Assert.Equal("0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53", transaction.Content.SigningHash().ToString());
        Assert.Equal(
            "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025"
            + "a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
            + "a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83",
            Hex.Format(transaction.Encoded.Span));
        Assert.Equal("0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f", transaction.RecoverSender().ToString());
    }

    [Fact]
    public void Decoding_gives_back_what_was_signed() => Gen
        .Select(Gen.Int[0, 2], Gen.ULong, Gen.Byte.Array[0, 32], Gen.Byte.Array[0, 100], Gen.ULong[1, TransactionCodec.MaxChainId], Gen.Bool)
        .Sample(
            (type, word, amount, data, chainId, hasList) =>
            {
                var value = UInt256.FromBigEndian(amount);
                var content = new UnsignedTransaction
                {
                    Type = (TransactionType)type,
                    ChainId = chainId,
                    Nonce = word,
                    MaxPriorityFeePerGas = value,
                    MaxFeePerGas = value,
                    GasLimit = word,
                    To = (word & 1) == 0 ? Recipient : null,
                    Value = value,
                    Data = data,
                    AccessList = hasList && type > 0 ? [new(Recipient, [Keccak256.OfEmpty, Hash256.Zero]), new(Address.Zero, [])] : [],
                };
                Transaction signed = content.Sign(Sender);
                Assert.True(TransactionCodec.TryDecode(signed.Encoded, out Transaction? read).IsValid);
                Assert.Equal(signed.Signature, read!.Signature);
                Assert.Equal(chainId, read.Content.ChainId);
                Assert.Equal(signed.Encoded.ToArray(), Transaction.Create(read.Content, read.Signature).Encoded.ToArray());
                Assert.Equal(signed.Hash, read.Hash);
            },
            iter: 100);

    [Theory]
    [InlineData("")]
    [InlineData("0x00")]
    [InlineData("0x7f")]
    [InlineData("0x80")]
    [InlineData("0xc0")]
    [InlineData("0x01")]
    [InlineData("0x02c0")]
    [InlineData("0x03c0")]
    public void Bytes_that_are_no_transaction_are_refused(string text)
    {
        Assert.False(TransactionCodec.TryDecode(Hex.Parse(text), out Transaction? transaction).IsValid);
        Assert.Null(transaction);
    }

    [Fact]
    public void A_signature_parity_above_one_is_refused_in_a_typed_transaction()
    {
        byte[] encoded = TestChain.Transfer(Sender, 0, Recipient).Encoded.ToArray();
        int parity = encoded.Length - 67;
        Assert.Contains(encoded[parity], new byte[] { 0x80, 0x01 });
        encoded[parity] = 0x02;
        Assert.False(TransactionCodec.TryDecode(encoded, out _).IsValid);
    }

    [Fact]
    public void Signing_without_a_usable_chain_id_is_misuse()
    {
        UnsignedTransaction content = TestChain.Transfer(Sender, 0, Recipient).Content;
        Assert.Throws<ArgumentException>(() => (content with { ChainId = null }).Sign(Sender));
        Assert.Throws<ArgumentException>(() => (content with { ChainId = 0 }).Sign(Sender));
        Assert.Throws<ArgumentException>(() => (content with { ChainId = TransactionCodec.MaxChainId + 1 }).Sign(Sender));
        (content with { Type = TransactionType.Legacy, ChainId = null }).Sign(Sender);
    }

    [Theory]
    [InlineData("", false, 21_000UL)]
    [InlineData("0x00", false, 21_004UL)]
    [InlineData("0x01", false, 21_068UL)]
    [InlineData("0x01", true, 21_016UL)]
    [InlineData("0x0001000200", true, 21_044UL)]
    public void Data_costs_gas_by_the_byte(string data, bool isIstanbul, ulong gas) =>
        Assert.Equal(gas, GasRules.IntrinsicGas(Priced(1, 1) with { Data = Hex.Parse(data) }, isIstanbul));

    [Fact]
    public void An_access_list_costs_gas_by_the_account_and_slot() => Assert.Equal(
        21_000UL + 2 * 2_400 + 3 * 1_900,
        GasRules.IntrinsicGas(
            Priced(1, 1) with { AccessList = [new(Recipient, [Hash256.Zero, Hash256.Zero]), new(Recipient, [Hash256.Zero])] }, isIstanbul: true));

    [Theory]
    [InlineData(2UL, 100UL, 10UL, 12UL)]
    [InlineData(2UL, 11UL, 10UL, 11UL)]
    [InlineData(0UL, 10UL, 10UL, 10UL)]
    [InlineData(7UL, 7UL, 0UL, 7UL)]
    public void The_price_paid_is_base_fee_and_tip_up_to_the_highest_price(ulong tip, ulong maxFee, ulong baseFee, ulong price) =>
        Assert.Equal((UInt256)price, GasRules.EffectiveGasPrice(Priced(tip, maxFee), baseFee));

    [Fact]
    public void The_price_paid_never_overflows() =>
        Assert.Equal(UInt256.MaxValue, GasRules.EffectiveGasPrice(Priced(UInt256.MaxValue, UInt256.MaxValue), 10));

    [Fact]
    public void A_receipt_has_the_known_bytes()
    {
        var receipt = new Receipt(TransactionType.DynamicFee, 21_000, null, 21_000, 1);
        string bloom = new('0', 512);
        Assert.Equal($"0x02f9010801825208b90100{bloom}c0", Hex.Format(receipt.Encode()).ToLower(CultureInfo.InvariantCulture));
        Assert.Equal($"0xf9010801825208b90100{bloom}c0", Hex.Format((receipt with { Type = TransactionType.Legacy }).Encode()));
        Receipt early = receipt with { Type = TransactionType.Legacy, IntermediateStateRoot = Keccak256.OfEmpty };
        var reader = new RlpReader(early.Encode());
        Assert.Equal(Keccak256.OfEmpty, reader.ReadList().ReadHash256());
    }

    private static UnsignedTransaction Priced(UInt256 tip, UInt256 maxFee) => new()
    {
        ChainId = 1,
        Nonce = 0,
        MaxPriorityFeePerGas = tip,
        MaxFeePerGas = maxFee,
        GasLimit = 21_000,
        To = Recipient,
    };
}

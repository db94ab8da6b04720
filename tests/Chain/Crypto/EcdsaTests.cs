using System.Text.Json;
using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Crypto;

public sealed class EcdsaTests
{
    private static readonly byte[] ValidScalar = [.. new byte[31], 7];

    [Fact]
    public void Private_keys_have_the_known_addresses() => EachCase.Holds(
        Vectors.ReadJson("addresses.json").GetProperty("keys").EnumerateArray(), test => test.Text("privateKey"), test =>
        {
            string expected = test.Find("address")?.GetString() ?? test.Text("addressChecksum");
            Assert.Equal(Address.Parse(expected), PrivateKey.FromBytes(test.Bytes("privateKey")).Address);
        });

    [Fact]
    public void Constants_are_the_order_and_its_half()
    {
        JsonElement ecdsa = Vectors.ReadJson("ecdsa.json");
        Assert.Equal(ecdsa.Number("order"), Secp256k1.OrderValue);
        Assert.Equal(ecdsa.Number("half_order"), Secp256k1.HalfOrder);
    }

    [Fact]
    public void Signatures_follow_RFC_6979_with_low_s() => EachCase.Holds(
        Ecdsa("sign_rfc6979"), test => test.Text("privateKey") + " " + test.Text("hash"), test =>
        {
            PrivateKey key = PrivateKey.FromBytes(test.Bytes("privateKey"));
            Signature signature = key.Sign(test.Hash("hash"));
            Assert.Equal([.. test.Bytes("sig"), test.GetProperty("recoveryId").GetByte()], BytesOf(signature));
            Assert.Equal(key.PublicKey, signature.TryRecover(test.Hash("hash")));
        });

    [Fact]
    public void Signatures_with_known_nonces_are_made() => EachCase.Holds(Ecdsa("sign_with_k"), test => test.Text("message"), test =>
    {
        Signature signature = PrivateKey.FromBytes(test.Bytes("privateKey")).Sign(test.Hash("hash"));
        Assert.Equal(test.Number("r"), signature.R);
        Assert.Equal(test.Number("s"), signature.S);
        Assert.Equal(test.GetProperty("recoveryId").GetByte(), signature.RecoveryId);
        Assert.Equal(FirstCoordinateOf(test.Bytes("k")), signature.R);
    });

    // The later candidates k1 and k15 are on the list of skipped cases.
    [Fact]
    public void The_nonce_is_the_first_candidate_of_RFC_6979() => EachCase.Holds(Ecdsa("rfc6979_k"), test => test.Text("message"), test => Assert.Equal(
        FirstCoordinateOf(test.Bytes("k0")), PrivateKey.FromBytes(test.Bytes("privateKey")).Sign(test.Hash("hash")).R));

    [Fact]
    public void Invalid_keys_and_signatures_never_verify() => EachCase.Holds(
        Ecdsa("verify_invalid"), test => test.Text("description"), test => Assert.False(Verifies(test, requireLowS: true)));

    [Fact]
    public void Wycheproof_signatures_recover_to_the_key_exactly_where_they_are_valid() =>
        EachCase.Holds(Ecdsa("verify"), Name, test => Assert.Equal(test.Text("result") == "valid", Verifies(test, requireLowS: false)));

    [Fact]
    public void Wycheproof_signatures_with_high_s_are_not_canonical() =>
        EachCase.Holds(Ecdsa("verify_low_s"), Name, test => Assert.Equal(test.Text("result") == "valid", Verifies(test, requireLowS: true)));

    [Fact]
    public void The_precompiled_recovery_and_ours_agree() => EachCase.Holds(Ecdsa("ecrecover_precompile"), test => test.Text("name"), test =>
    {
        byte[] input = [.. test.Bytes("input"), .. new byte[128]];
        var v = UInt256.FromBigEndian(input.AsSpan(32, 32));
        bool isKnownV = v == 27 || v == 28;
        Signature signature = new(
            UInt256.FromBigEndian(input.AsSpan(64, 32)), UInt256.FromBigEndian(input.AsSpan(96, 32)), isKnownV ? (byte)((ulong)v - 27) : (byte)4);
        Address? signer = signature.TryRecover(Hash256.FromBytes(input.AsSpan(0, 32)))?.Address;
        byte[] output = signer is { } address ? [.. new byte[12], .. address.ToBytes()] : [];
        Assert.Equal(test.Bytes("expected"), output);
    });

    [Fact]
    public void Geths_recovery_example()
    {
        JsonElement test = Vectors.ReadJson("ecdsa.json").GetProperty("geth_recover");
        PublicKey? recovered = Signature.FromBytes(test.Bytes("sig")).TryRecover(test.Hash("hash"));
        byte[] key = recovered!.ToBytes();
        Assert.Equal(test.Bytes("publicKey")[1..], key);
        Assert.Equal(test.Bytes("publicKeyCompressed"), (byte[])[(byte)(2 + (key[^1] & 1)), .. key[..32]]);
    }

    [Fact]
    public void Values_out_of_range_never_recover() => EachCase.Holds(
        Ecdsa("geth_validate_signature_values").Where(test => !test.GetProperty("valid_frontier").GetBoolean()), test => test.GetRawText(), test =>
        {
            if (test.Number("r") >= Limit || test.Number("s") >= Limit || test.Number("v") > byte.MaxValue)
                return;

            var signature = new Signature((UInt256)test.Number("r"), (UInt256)test.Number("s"), (byte)test.Number("v"));
            if (signature.RecoveryId <= 1)
                Assert.Null(signature.TryRecover(Keccak256.OfEmpty));
        });

    [Fact]
    public void Invalid_private_keys_are_refused() => EachCase.Holds(Ecdsa("sign_invalid_keys"), test => test.Text("description"), test =>
    {
        Assert.Null(PrivateKey.TryFromBytes(test.Bytes("privateKey")));
        Assert.Throws<ArgumentException>(() => PrivateKey.FromBytes(test.Bytes("privateKey")));
    });

    [Fact]
    public void What_is_signed_recovers_to_the_signer() => Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample(
        (scalar, message) =>
        {
            if (PrivateKey.TryFromBytes(scalar) is not { } key)
                return;

            Signature signature = key.Sign(Hash256.FromBytes(message));
            Assert.True(signature.IsLowS);
            Assert.Equal(key.PublicKey, signature.TryRecover(Hash256.FromBytes(message)));
            Signature twin = new(signature.R, Secp256k1.OrderValue - signature.S, (byte)(signature.RecoveryId ^ 1));
            Assert.False(twin.IsLowS);
            Assert.Equal(key.PublicKey, twin.TryRecover(Hash256.FromBytes(message)));
        },
        iter: 50);

    [Fact]
    public void Random_signatures_never_throw() => Gen.Select(Gen.Byte.Array[65], Gen.Byte.Array[32]).Sample(
        (signature, hash) => { Signature.FromBytes(signature).TryRecover(Hash256.FromBytes(hash)); }, iter: 300);

    [Fact]
    public void A_disposed_key_does_not_sign_and_never_shows_itself()
    {
        PrivateKey key = PrivateKey.FromBytes(ValidScalar);
        Assert.DoesNotContain("07", key.ToString().Replace(key.Address.ToString(), "", StringComparison.Ordinal), StringComparison.Ordinal);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign(Hash256.Zero));
    }

    private static System.Numerics.BigInteger Limit => (System.Numerics.BigInteger)UInt256.MaxValue + 1;

    // r of a signature is x of nonce times generator, which is the public key of the nonce.
    private static UInt256 FirstCoordinateOf(byte[] nonce)
    {
        var x = UInt256.FromBigEndian(PrivateKey.FromBytes(nonce).PublicKey.ToBytes().AsSpan(0, 32));
        return x < Secp256k1.OrderValue ? x : x - Secp256k1.OrderValue;
    }

    private static JsonElement.ArrayEnumerator Ecdsa(string table) => Vectors.ReadJson("ecdsa.json").GetProperty(table).EnumerateArray();

    private static string Name(JsonElement test) => $"{test.GetProperty("tcId")} {test.Text("comment")}";

    private static byte[] BytesOf(Signature signature)
    {
        var bytes = new byte[Signature.Length];
        signature.CopyTo(bytes);
        return bytes;
    }

    // A signature is valid for a key where one of the four recovery ids gives the key.
    private static bool Verifies(JsonElement test, bool requireLowS)
    {
        byte[] bytes = test.Bytes("sig");
        if (bytes.Length != Signature.Length - 1)
            return false;

        byte[] publicKey = test.Bytes("publicKey");
        if (publicKey.Length != 65 || publicKey[0] != 4)
            return false;

        Hash256 hash = test.Hash("hash");
        return Enumerable.Range(0, 4)
            .Select(id => Signature.FromBytes([.. bytes, (byte)id]))
            .Any(signature => (!requireLowS || signature.IsLowS) && signature.TryRecover(hash)?.ToBytes().AsSpan().SequenceEqual(publicKey.AsSpan(1)) == true);
    }
}

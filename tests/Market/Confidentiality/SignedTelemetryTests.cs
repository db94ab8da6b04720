using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Confidentiality;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;

namespace DerChain.Market.Tests.Confidentiality;

public sealed class SignedTelemetryTests
{
    private static readonly TelemetryPlace Place = new(202211, Samples.Aggregation, Samples.Dispatch);
    private static readonly byte[] Content = SignedTelemetry.Sign(Samples.FullTelemetry, Place, Keys.Sender);

    [Fact]
    public void The_content_of_a_leaf_tells_readings_and_who_signed_them()
    {
        SignedTelemetry read = SignedTelemetry.TryRead(Content, Place)!;
        Assert.Equal(Keys.Sender.Address, read.Sender);
        Assert.Equal(RecordCodec.Encode(Samples.FullTelemetry), RecordCodec.Encode(read.Telemetry));
    }

    [Fact]
    public void A_signature_is_of_one_chain_aggregation_and_interval()
    {
        AssertNotSender(Content, Place with { ChainId = 1 });
        AssertNotSender(Content, Place with { Aggregation = new("AGG-2") });
        AssertNotSender(Content, Place with { Interval = Samples.Hour });
        AssertNotSender(Content, Place with { Interval = new MarketInterval(Samples.Noon + 300, 300) });
    }

    [Fact]
    public void An_aggregator_cannot_alter_the_readings()
    {
        for (int at = 0; at < Content.Length; at++)
        {
            byte[] altered = [.. Content];
            altered[at] ^= 1;
            AssertNotSender(altered, Place);
        }
    }

    [Fact]
    public void What_is_no_signed_telemetry_is_refused()
    {
        Assert.Null(SignedTelemetry.TryRead([], Place));
        Assert.Null(SignedTelemetry.TryRead(new byte[65], Place));
        Assert.Null(SignedTelemetry.TryRead(Content.AsSpan(..^1), Place));
        byte[] command = RecordCodec.Encode(Samples.All.OfType<ControlCommand>().First());
        Assert.Null(SignedTelemetry.TryRead([.. command, .. Content.AsSpan(^65..)], Place));
        Assert.Null(SignedTelemetry.TryRead([.. Content.AsSpan(..^1), 2], Place));
    }

    // The twin with n - s recovers to the same account: one reading would have two leaves.
    [Fact]
    public void The_high_twin_of_a_signature_is_refused()
    {
        var signature = Signature.FromBytes(Content.AsSpan(^65..));
        UInt256 order = UInt256.FromBigEndian(Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"));
        byte[] twin = [.. Content];
        new Signature(signature.R, order - signature.S, (byte)(signature.RecoveryId ^ 1)).CopyTo(twin.AsSpan(twin.Length - 65));
        Assert.Null(SignedTelemetry.TryRead(twin, Place));
    }

    [Fact]
    public void The_hash_that_is_signed_is_the_documented_one()
    {
        byte[] payload = RecordCodec.Encode(Samples.FullTelemetry);
        byte[] place =
        [
            0, 0, 0, 0, 0, 3, 0x15, 0xe3,
            0, 0, 0, 0, 0x60, 0xf0, 0x85, 0xb0,
            0, 0, 1, 0x2c,
            5, .. "AGG-1"u8,
        ];
        Assert.Equal(
            Keccak256.Hash([.. "DerChain batched telemetry 1"u8, .. place, .. Keccak256.Hash(payload).ToBytes()]), Place.SigningHash(payload));
    }

    private static void AssertNotSender(byte[] content, TelemetryPlace place) =>
        Assert.NotEqual(Keys.Sender.Address, SignedTelemetry.TryRead(content, place)?.Sender);
}

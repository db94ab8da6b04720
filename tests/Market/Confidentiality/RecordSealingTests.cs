using System.Collections.Immutable;
using System.Security.Cryptography;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Confidentiality;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;

namespace DerChain.Market.Tests.Confidentiality;

public sealed class RecordSealingTests
{
    private static readonly Address Sender = Keys.Sender.Address;
    private static readonly MarketRecord Record = Samples.FullTelemetry;
    private static readonly SealedRecord Sealed = RecordSealing.Seal(Record, Sender, [Keys.Operator.PublicKey, Keys.Aggregator.PublicKey], Entropy("one"));

    [Fact]
    public void Each_reader_opens_what_was_sealed_whatever_its_kind()
    {
        foreach (MarketRecord record in Samples.All.Where(static record => RecordCommitment.IsCommittable(record.Kind)))
        {
            SealedRecord sealedRecord = OnTheChain(RecordSealing.Seal(record, Sender, [Keys.Operator.PublicKey, Keys.Aggregator.PublicKey]));
            foreach (PrivateKey reader in (PrivateKey[])[Keys.Operator, Keys.Aggregator])
            {
                Assert.Null(RecordSealing.TryOpen(sealedRecord, Sender, reader, out MarketRecord? opened));
                Assert.Equal(RecordCodec.Encode(record), RecordCodec.Encode(opened!));
            }
        }
    }

    [Fact]
    public void The_sealed_record_of_known_entropy_is_known_to_the_byte()
    {
        byte[] payload = RecordCodec.Encode(Sealed);
        Assert.Equal(payload, RecordCodec.Encode(RecordSealing.Seal(Record, Sender, [Keys.Aggregator.PublicKey, Keys.Operator.PublicKey], Entropy("one"))));
        Assert.NotEqual(payload, RecordCodec.Encode(RecordSealing.Seal(Record, Sender, [Keys.Aggregator.PublicKey, Keys.Operator.PublicKey], Entropy("two"))));
        Assert.Equal(GoldenHash, Keccak256.Hash(payload).ToString());
    }

    [Fact]
    public void Nothing_of_the_record_can_be_read_in_the_ciphertext()
    {
        byte[] payload = RecordCodec.Encode(Record);
        for (int at = 0; at + 8 <= payload.Length; at += 8)
        {
            if (payload.AsSpan(at, 8).ContainsAnyExcept((byte)0))
                Assert.Equal(-1, RecordCodec.Encode(Sealed).AsSpan().IndexOf(payload.AsSpan(at, 8)));
        }
    }

    [Fact]
    public void Who_is_named_no_reader_reads_nothing()
    {
        AssertRefused(SealingError.NotAReader, Sealed, Keys.Stranger);
        AssertRefused(SealingError.NotAReader, Sealed, Keys.Sender);
    }

    // A stranger who writes its own account over a reader's has not its key.
    [Fact]
    public void A_reader_who_has_not_the_key_reads_nothing()
    {
        SealedKey stolen = Sealed.Readers[0] with { Reader = Keys.Stranger.Address };
        AssertRefused(SealingError.Tampered, With(readers: Sealed.Readers.SetItem(0, stolen)), Keys.Stranger);
    }

    [Fact]
    public void Another_sender_cannot_replay_it()
    {
        Assert.Equal(SealingError.Tampered, RecordSealing.TryOpen(Sealed, Keys.Stranger.Address, Keys.Operator, out MarketRecord? record));
        Assert.Null(record);
    }

    [Fact]
    public void Whatever_is_altered_it_does_not_open()
    {
        AssertRefused(SealingError.Tampered, With(kind: RecordKind.ControlCommand), Keys.Operator);
        for (int at = 0; at < Sealed.Ciphertext.Length; at++)
            AssertRefused(SealingError.Tampered, With(ciphertext: Flip(Sealed.Ciphertext, at)), Keys.Operator);

        for (int at = 0; at < SealedRecord.NonceLength; at++)
            AssertRefused(SealingError.Tampered, With(nonce: Flip(Sealed.Nonce, at)), Keys.Operator);

        for (int at = 0; at < SealedRecord.EphemeralKeyLength; at++)
            AssertRefused(SealingError.Tampered, With(ephemeralKey: Flip(Sealed.EphemeralKey, at)), Keys.Operator);

        // Also the part of the other reader.
        for (int reader = 0; reader < 2; reader++)
        {
            SealedKey key = Sealed.Readers[reader];
            AssertRefused(SealingError.Tampered, With(readers: Sealed.Readers.SetItem(reader, key with { WrappedKey = Flip(key.WrappedKey, 3) })), Keys.Operator);
        }

        SealedKey own = Sealed.Readers.Single(static key => key.Reader == Keys.Operator.Address);
        AssertRefused(SealingError.Tampered, With(readers: [own]), Keys.Operator);
        AssertRefused(SealingError.Tampered, With(ciphertext: new byte[SealedRecord.MinCiphertextLength]), Keys.Operator);
        AssertRefused(SealingError.Tampered, With(ciphertext: Sealed.Ciphertext[..^1]), Keys.Operator);
    }

    // Whoever seals can put in what it likes: the reader is told, and nothing throws.
    [Fact]
    public void What_is_no_record_or_another_kind_than_said_is_named()
    {
        AssertRefused(SealingError.NotCanonical, Forge([1, 2, 3], RecordKind.Telemetry), Keys.Operator);
        AssertRefused(SealingError.NotCanonical, Forge([.. RecordCodec.Encode(Record), .. new byte[32]], RecordKind.Telemetry), Keys.Operator);
        AssertRefused(SealingError.KindMismatch, Forge(RecordCodec.Encode(Record), RecordKind.ControlCommand), Keys.Operator);
        Assert.Null(RecordSealing.TryOpen(Forge(RecordCodec.Encode(Record), RecordKind.Telemetry), Sender, Keys.Operator, out _));
    }

    // The ciphertext names its key: without it, AES-GCM alone opens under a second key that was made to fit.
    [Fact]
    public void A_reader_who_is_given_another_key_than_the_others_reads_nothing()
    {
        SealingEntropy other = Entropy("one") with { ContentKey = SHA256.HashData([9]) };
        SealedKey wrong = RecordSealing.Seal(Record, Sender, [Keys.Operator.PublicKey, Keys.Aggregator.PublicKey], other)
            .Readers.Single(static key => key.Reader == Keys.Operator.Address);
        int place = Sealed.Readers.IndexOf(Sealed.Readers.Single(static key => key.Reader == Keys.Operator.Address));
        AssertRefused(SealingError.Tampered, With(readers: Sealed.Readers.SetItem(place, wrong)), Keys.Operator);
    }

    [Fact]
    public void Misuse_throws()
    {
        Assert.Throws<ArgumentException>(() => RecordSealing.Seal(Record, Sender, []));
        Assert.Throws<ArgumentException>(() => RecordSealing.Seal(Record, Sender, [Keys.Operator.PublicKey, Keys.Operator.PublicKey]));
        Assert.Throws<ArgumentException>(() => RecordSealing.Seal(Sealed, Sender, [Keys.Operator.PublicKey]));
        Assert.Throws<ArgumentException>(() => RecordSealing.Seal(Record, Sender, [Keys.Operator.PublicKey], Entropy("one") with { Nonce = new byte[11] }));
        Assert.Throws<ArgumentException>(() => RecordSealing.Seal(Record, Sender, [Keys.Operator.PublicKey], Entropy("one") with { ContentKey = new byte[31] }));
    }

    // Opened by an implementation of the specification in Python over OpenSSL.
    private const string GoldenHash = "0xcca0ce7cc5cdd63384cda468c415984083fb8000bdbe602bc25976f1199d2055";

    private static SealingEntropy Entropy(string name) => new(Keys.Of(name), SHA256.HashData([1, (byte)name[0]]), SHA256.HashData([2, (byte)name[0]]).AsMemory(0, 12));

    private static SealedRecord OnTheChain(SealedRecord record)
    {
        Assert.True(RecordCodec.TryDecode(RecordCodec.Encode(record), out MarketRecord? read, out _));
        return (SealedRecord)read;
    }

    private static SealedRecord With(
        RecordKind? kind = null,
        ReadOnlyMemory<byte>? ephemeralKey = null,
        ImmutableArray<SealedKey>? readers = null,
        ReadOnlyMemory<byte>? nonce = null,
        ReadOnlyMemory<byte>? ciphertext = null) => new(
            kind ?? Sealed.SealedKind, ephemeralKey ?? Sealed.EphemeralKey, readers ?? Sealed.Readers, nonce ?? Sealed.Nonce, ciphertext ?? Sealed.Ciphertext);

    private static byte[] Flip(ReadOnlyMemory<byte> bytes, int at)
    {
        byte[] flipped = bytes.ToArray();
        flipped[at] ^= 1;
        return flipped;
    }

    private static SealedRecord Forge(byte[] payload, RecordKind kind) =>
        RecordSealing.SealPayload(payload, kind, Sender, [Keys.Operator.PublicKey], Entropy("forged"));

    private static void AssertRefused(SealingError error, SealedRecord record, PrivateKey reader)
    {
        Assert.Equal(error, RecordSealing.TryOpen(record, Sender, reader, out MarketRecord? opened));
        Assert.Null(opened);
    }
}

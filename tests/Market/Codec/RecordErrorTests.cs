using DerChain.Market.Codec;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;

namespace DerChain.Market.Tests.Codec;

public sealed class RecordErrorTests
{
    private static byte[] Payload => RecordCodec.Encode(new DispatchInstruction(Samples.Aggregation, [Samples.DispatchOf(-450_123)]));

    [Theory]
    [InlineData(0, 0x45, RecordErrorCode.MagicMissing)]
    [InlineData(4, 2, RecordErrorCode.VersionUnknown)]
    [InlineData(5, 0, RecordErrorCode.KindUnknown)]
    [InlineData(5, 20, RecordErrorCode.KindUnknown)]
    [InlineData(6, 1, RecordErrorCode.ReservedByteNotZero)]
    [InlineData(31, 1, RecordErrorCode.ReservedByteNotZero)]
    [InlineData(11, 2, RecordErrorCode.RowCountWrong)]
    [InlineData(12, 1, RecordErrorCode.BodyLengthWrong)]
    [InlineData(15, 32, RecordErrorCode.BodyTooLong)]
    [InlineData(32, 0xc0, RecordErrorCode.BodyNotCanonical)]
    [InlineData(5, 6, RecordErrorCode.BodyNotCanonical)]
    public void A_wrong_byte_of_the_frame_is_named_by_its_rule(int index, byte value, RecordErrorCode code)
    {
        byte[] payload = Payload;
        payload[index] = value;

        Assert.False(RecordCodec.TryDecode(payload, out _, out RecordError? error));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void Padding_is_zero()
    {
        byte[] payload = Payload;
        payload[^1] = 1;

        Assert.False(RecordCodec.TryDecode(payload, out _, out RecordError? error));
        Assert.Equal(RecordErrorCode.PaddingNotZero, error.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_payload_is_whole_words(int length)
    {
        Assert.False(RecordCodec.TryDecode(new byte[length], out _, out RecordError? error));
        Assert.Equal(RecordErrorCode.PayloadNotInWords, error.Code);
        Assert.False(RecordCodec.TryReadKind(new byte[length], out _));
    }

    [Theory]
    [InlineData("cc05", false)]                   // 5 in two bytes
    [InlineData("05", true)]
    [InlineData("cc80", true)]
    [InlineData("cd0080", false)]
    [InlineData("cd0100", true)]
    [InlineData("ce0000ffff", false)]
    [InlineData("ce00010000", true)]
    [InlineData("cf00000000ffffffff", false)]
    [InlineData("cf0000000100000000", true)]
    [InlineData("cf8000000000000000", false)]     // above the largest signed number
    [InlineData("ff", true)]
    [InlineData("d0ff", false)]                   // -1 in two bytes
    [InlineData("d0df", true)]
    [InlineData("d1ff80", false)]
    [InlineData("d1ff7f", true)]
    [InlineData("d2ffff8000", false)]
    [InlineData("d2ffff7fff", true)]
    [InlineData("d3ffffffff80000000", false)]
    [InlineData("d3ffffffff7fffffff", true)]
    [InlineData("d005", false)]                   // a positive number in a signed form
    [InlineData("c0", false)]
    [InlineData("cd01", false)]                   // ends inside the number
    public void An_integer_is_read_in_its_shortest_form_only(string hex, bool canonical)
    {
        var reader = new CanonicalReader(Convert.FromHexString(hex));

        reader.ReadInt64();

        Assert.Equal(canonical, !reader.Failed && reader.Remaining == 0);
    }

    [Theory]
    [InlineData("a141", true)]
    [InlineData("a0", false)]                     // an empty name
    [InlineData("a120", false)]                   // a space
    [InlineData("d90141", false)]                 // a short name in a long form
    [InlineData("c40141", false)]                 // bytes, not text
    [InlineData("a241", false)]
    public void A_name_is_read_in_its_shortest_form_only(string hex, bool canonical)
    {
        var reader = new CanonicalReader(Convert.FromHexString(hex));

        Assert.Equal(canonical, reader.ReadName() is not null && !reader.Failed);
    }

    [Theory]
    [InlineData("90", true)]
    [InlineData("dc0005", false)]
    [InlineData("dc0010", true)]
    [InlineData("dd0000ffff", false)]
    [InlineData("dd00010000", true)]
    [InlineData("ddffffffff", false)]
    [InlineData("80", false)]                     // a map
    public void An_array_is_read_in_its_shortest_form_only(string hex, bool canonical)
    {
        var reader = new CanonicalReader(Convert.FromHexString(hex));

        reader.ReadArrayHeader();

        Assert.Equal(canonical, !reader.Failed);
    }
}

using System.Text.Json;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Tests.Rlp;

public sealed class RlpVectorTests
{
    private static JsonElement Rlp => Vectors.ReadJson("rlp.json");

    [Fact]
    public void Valid_items_are_written_and_read() => EachCase.Holds(Rlp.GetProperty("valid").EnumerateArray(), Name, test =>
    {
        byte[] encoded = test.Bytes("rlp");
        Assert.True(IsCanonical(encoded));
        if (!test.TryGetProperty("item", out JsonElement item))
            return;

        using var writer = new RlpWriter(1);
        Write(writer, item);
        Assert.Equal(encoded, writer.ToArray());
        var reader = new RlpReader(encoded);
        AssertReads(ref reader, item);
        Assert.Equal(RlpError.None, reader.Finish());
    });

    [Fact]
    public void Invalid_encodings_are_refused() => EachCase.Holds(
        Rlp.GetProperty("invalid").EnumerateArray(), Name, test => Assert.False(IsCanonical(test.Bytes("rlp"))));

    [Fact]
    public void The_first_item_of_a_stream_is_split_off() => EachCase.Holds(
        Rlp.GetProperty("split").EnumerateArray(), test => test.Text("input"), test =>
        {
            byte[] input = test.Bytes("input");
            var reader = new RlpReader(input);
            bool isList = test.Text("kind") == "list";
            Assert.Equal(isList, reader.NextIsList);
            byte[] value = test.Bytes("value");
            byte[] rest = test.Bytes("rest");
            ReadOnlySpan<byte> encoded = reader.ReadEncodedItem();
            Assert.Equal(RlpError.None, reader.Error);
            Assert.Equal(input[..^rest.Length], encoded.ToArray());
            Assert.EndsWith(Convert.ToHexString(value), Convert.ToHexString(encoded));
        });

    [Fact]
    public void Integers_of_64_bits_are_split_off() => EachCase.Holds(
        Rlp.GetProperty("uint64_split").EnumerateArray(), test => test.Text("input"), test =>
        {
            var reader = new RlpReader(test.Bytes("input"));
            ulong value = reader.ReadUInt64();
            if (test.Find("value") is { } expected)
            {
                Assert.Equal(RlpError.None, reader.Error);
                Assert.Equal((ulong)expected.Number(), value);
                Assert.Equal(test.Bytes("rest").Length > 0, reader.HasMore);
            }
            else
            {
                Assert.NotEqual(RlpError.None, reader.Error);
            }
        });

    private static string Name(JsonElement test) => test.Text("name");

    private static void Write(RlpWriter writer, JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            writer.Write(Hex.Parse(item.GetString()));
            return;
        }

        int list = writer.StartList();
        foreach (JsonElement inner in item.EnumerateArray())
            Write(writer, inner);

        writer.EndList(list);
    }

    private static void AssertReads(ref RlpReader reader, JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            Assert.Equal(Hex.Parse(item.GetString()), reader.ReadBytes().ToArray());
            return;
        }

        RlpReader list = reader.ReadList();
        foreach (JsonElement inner in item.EnumerateArray())
            AssertReads(ref list, inner);

        reader.Close(list);
    }

    private static bool IsCanonical(byte[] encoded)
    {
        var reader = new RlpReader(encoded);
        ReadAny(ref reader);
        return reader.Finish() == RlpError.None;
    }

    private static void ReadAny(ref RlpReader reader)
    {
        if (!reader.NextIsList)
        {
            reader.ReadBytes();
            return;
        }

        RlpReader list = reader.ReadList();
        while (list.HasMore)
            ReadAny(ref list);

        reader.Close(list);
    }
}

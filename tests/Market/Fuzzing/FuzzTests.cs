using System.Buffers.Binary;
using DerChain.Market.Codec;
using DerChain.Market.Confidentiality;
using DerChain.Market.Participants;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Market.Tests.Fuzzing;

/// <summary>Mutated inputs through the decoders of the market: a typed error or a value whose encoding is the input, and memory in proportion to it.</summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int FullCount = 1_000_000;
    private const int BodyLengthOffset = 12;

    private static FuzzTarget<MarketRecord> Payloads => new(
        "payload",
        [.. Samples.All.Select(RecordCodec.Encode)],
        static input => RecordCodec.TryDecode(input, out MarketRecord? record, out _) ? record : null,
        RecordCodec.Encode)
    {
        AllocatedPerByte = 40,
        Repair = Frame,
    };

    private static FuzzTarget<Registry> Registries =>
        new("registry", [SampleRegistry.Encode()], ReadRegistry, static read => read.Encode()) { AllocatedPerByte = 60 };

    private static Registry SampleRegistry =>
        new Registry([], [])
            .With(Samples.All.OfType<ParticipantRegistration>().Single())
            .With(Samples.All.OfType<ResourceRegistration>().Single());

    private static SaltedBatch SampleBatch => SaltedBatch.Create(
        [new byte[] { 7 }, new byte[70], Array.Empty<byte>(), new byte[] { 200 }], new byte[4 * SaltedLeaf.SaltLength]).Erase(3);

    private static FuzzTarget<SaltedBatch> Batches => new(
        "batch",
        [BatchFile.Encode(SampleBatch)],
        static input => BatchFile.TryDecode(input, out SaltedBatch? batch).IsValid ? batch : null,
        BatchFile.Encode)
    {
        IsRlp = true,
        AllocatedPerByte = 120,
    };

    [Fact]
    public async Task Mutated_inputs_are_refused_or_read_as_what_they_say() =>
        output.WriteLine(await Fuzzer.RunAsync([Payloads, Registries, Batches], TimeSpan.FromSeconds(10), FullCount));

    // A body of another length would end every attempt at the first word: three of four are framed anew.
    private static byte[] Frame(byte[] input)
    {
        if (input.Length < RecordCodec.WordLength || input[^1] % 4 == 3)
            return input;

        byte[] body = [.. input.AsSpan(RecordCodec.WordLength).TrimEnd((byte)0)];
        int words = (body.Length + RecordCodec.WordLength - 1) / RecordCodec.WordLength;
        var payload = new byte[RecordCodec.WordLength * (1 + words)];
        input.AsSpan(0, RecordCodec.WordLength).CopyTo(payload);
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(BodyLengthOffset), body.Length);
        body.CopyTo(payload, RecordCodec.WordLength);
        return payload;
    }

    // A registry is read from a store only behind its hash; that it is none is told by an exception of one type.
    private static Registry? ReadRegistry(byte[] input)
    {
        try
        {
            return RegistryCodec.Decode(input);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

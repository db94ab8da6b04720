using System.Collections.Immutable;
using DerChain.Market.Codec;
using DerChain.Market.Records;

namespace DerChain.Market.Participants;

/// <summary>The one encoding of a registry: participants by account and devices by id, in the rows of the registrations (docs/spec/record-codec.md).</summary>
internal static class RegistryCodec
{
    private const int Fields = 2;

    public static byte[] Encode(Registry registry)
    {
        var writer = new CanonicalWriter();
        writer.WriteArrayHeader(Fields);
        RowLayout.Write(writer, [.. registry.ParticipantRows], RegistrationLayout.WriteParticipant);
        RowLayout.Write(writer, [.. registry.ResourceRows], RegistrationLayout.WriteResource);
        return writer.Written.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not the encoding of a registry.</exception>
    public static Registry Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        reader.ReadArrayHeader(Fields);
        ImmutableArray<ParticipantRow> participants = RowLayout.Read(ref reader, RegistrationLayout.ReadParticipant);
        ImmutableArray<ResourceRow> resources = RowLayout.Read(ref reader, RegistrationLayout.ReadResource);
        if (reader.Failed) throw new FormatException($"The registry cannot be read: {reader.Failure}.");
        if (reader.Remaining > 0) throw new FormatException($"The registry is followed by {reader.Remaining} bytes that do not belong to it.");
        CheckRows(participants, RegistrationRules.CheckParticipant, RegistrationRules.Compare);
        CheckRows(resources, RegistrationRules.CheckResource, RegistrationRules.Compare);
        return new Registry(participants, resources);
    }

    private static void CheckRows<T>(ImmutableArray<T> rows, Func<int, T, RecordError?> check, Func<T, T, int> compare)
        where T : class
    {
        for (int row = 0; row < rows.Length; row++)
        {
            if (check(row, rows[row]) is { } error) throw new FormatException($"The registry cannot be read: {error.Message}");
            if (row > 0 && compare(rows[row - 1], rows[row]) >= 0)
                throw new FormatException($"The registry cannot be read: row {row} is not in order.");
        }
    }
}

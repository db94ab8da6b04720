using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>Order of the fields of the registrations (docs/spec/record-codec.md). The state of the role matrix is written with the same rows.</summary>
internal static class RegistrationLayout
{
    private const int BodyFields = 1;
    private const int ParticipantFields = 6;
    private const int ResourceFields = 8;

    public static void Write(CanonicalWriter writer, ParticipantRegistration registration)
    {
        writer.WriteArrayHeader(BodyFields);
        RowLayout.Write(writer, registration.Rows, WriteParticipant);
    }

    public static void Write(CanonicalWriter writer, ResourceRegistration registration)
    {
        writer.WriteArrayHeader(BodyFields);
        RowLayout.Write(writer, registration.Rows, WriteResource);
    }

    public static ParticipantRegistration ReadParticipantRegistration(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BodyFields);
        return new ParticipantRegistration(RowLayout.Read(ref reader, ReadParticipant));
    }

    public static ResourceRegistration ReadResourceRegistration(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BodyFields);
        return new ResourceRegistration(RowLayout.Read(ref reader, ReadResource));
    }

    public static void WriteParticipant(CanonicalWriter writer, ParticipantRow participant)
    {
        writer.WriteArrayHeader(ParticipantFields);
        writer.Write(participant.Account);
        writer.WriteName(participant.Participant.Value);
        writer.Write((byte)participant.Role);
        writer.WriteOptional(participant.MemberOf);
        writer.Write(participant.EffectiveFromUnixSeconds);
        writer.Write(participant.IsRevoked);
    }

    public static ParticipantRow ReadParticipant(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(ParticipantFields);
        return new ParticipantRow(
            reader.ReadAddress(),
            reader.ReadParticipantId(),
            (ParticipantRole)reader.ReadByte(),
            MemberOf: reader.ReadOptionalAddress(),
            EffectiveFromUnixSeconds: reader.ReadInt64(),
            IsRevoked: reader.ReadBoolean());
    }

    public static void WriteResource(CanonicalWriter writer, ResourceRow resource)
    {
        writer.WriteArrayHeader(ResourceFields);
        writer.WriteName(resource.Resource.Value);
        writer.Write((byte)resource.ResourceKind);
        writer.Write(resource.Owner);
        writer.Write(resource.NameplateW);
        writer.Write(resource.Version);
        writer.Write(resource.EffectiveFromUnixSeconds);
        writer.Write(resource.IsRevoked);
        if (resource.Parameters is { } parameters) ParametersLayout.Write(writer, parameters);
        else writer.WriteNil();
    }

    public static ResourceRow ReadResource(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(ResourceFields);
        ResourceId resource = reader.ReadResourceId();
        var kind = (ResourceKind)reader.ReadByte();
        return new ResourceRow(
            resource,
            kind,
            Owner: reader.ReadAddress(),
            NameplateW: reader.ReadInt64(),
            Version: reader.ReadInt32(),
            EffectiveFromUnixSeconds: reader.ReadInt64(),
            IsRevoked: reader.ReadBoolean(),
            Parameters: reader.TryReadNil() ? null : ParametersLayout.Read(ref reader, kind));
    }
}

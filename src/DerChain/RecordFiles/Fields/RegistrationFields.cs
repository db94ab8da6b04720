using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The fields of the registrations.</summary>
internal static class RegistrationFields
{
    private static readonly Alternatives<ResourceParameters> Parameters = new(
        isOptional: true,
        Alternative<ResourceParameters>.Of<MeterParameters>(static (fields, meter) => new(fields.Int64("exportLimitW", meter?.ExportLimitW))),
        Alternative<ResourceParameters>.Of<AirConditionerParameters>(static (fields, ac) => new(
            fields.Int32("copMilli", ac?.CopMilli),
            fields.Int32("thermalResistanceMilliCPerKw", ac?.ThermalResistanceMilliCPerKw),
            fields.Int32("betaPpm", ac?.BetaPpm),
            fields.Int32("betaIntervalSeconds", ac?.BetaIntervalSeconds),
            fields.Int64("maxElectricPowerW", ac?.MaxElectricPowerW))),
        Alternative<ResourceParameters>.Of<BatteryParameters>(static (fields, battery) => new(
            fields.Int64("capacityWh", battery?.CapacityWh),
            fields.Int32("oneWayEfficiencyPpm", battery?.OneWayEfficiencyPpm),
            fields.Int32("socMinPpm", battery?.SocMinPpm),
            fields.Int32("socMaxPpm", battery?.SocMaxPpm),
            fields.Int64("maxDischargeW", battery?.MaxDischargeW),
            fields.Int64("maxChargeW", battery?.MaxChargeW))),
        Alternative<ResourceParameters>.Of<ChargingStationParameters>(static (fields, station) => new(
            fields.Int64("maxDischargeW", station?.MaxDischargeW), fields.Int64("maxChargeW", station?.MaxChargeW))));

    public static ParticipantRegistration ParticipantRegistration(RecordFields fields, ParticipantRegistration? registration) =>
        new(fields.Rows("rows", registration?.Rows, Participant));

    public static ResourceRegistration ResourceRegistration(RecordFields fields, ResourceRegistration? registration) =>
        new(fields.Rows("rows", registration?.Rows, Resource));

    private static ParticipantRow Participant(RecordFields fields, ParticipantRow? row) => new(
        fields.Account("account", row?.Account),
        fields.Required("participant", row?.Participant, FieldForms.Participant),
        fields.Required("role", row?.Role, FieldForms.ParticipantRole),
        fields.Optional("memberOf", row?.MemberOf, FieldForms.Address),
        fields.Int64("effectiveFromUnixSeconds", row?.EffectiveFromUnixSeconds),
        fields.Boolean("isRevoked", row?.IsRevoked));

    private static ResourceRow Resource(RecordFields fields, ResourceRow? row) => new(
        fields.Resource("resource", row?.Resource),
        fields.Required("resourceKind", row?.ResourceKind, FieldForms.ResourceKind),
        fields.Account("owner", row?.Owner),
        fields.Int64("nameplateW", row?.NameplateW),
        fields.Int32("version", row?.Version),
        fields.Int64("effectiveFromUnixSeconds", row?.EffectiveFromUnixSeconds),
        fields.Boolean("isRevoked", row?.IsRevoked),
        fields.OneOf("parameters", row?.Parameters, Parameters));
}

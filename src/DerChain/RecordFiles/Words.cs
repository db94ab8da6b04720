using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.RecordFiles;

/// <summary>The words that stand for the members of an enumeration.</summary>
internal sealed class Words<T>(params (T Value, string Word)[] words)
    where T : struct
{
    public bool TryParse(ReadOnlySpan<char> text, out T value)
    {
        foreach ((T candidate, string word) in words)
        {
            value = candidate;
            if (text.SequenceEqual(word)) return true;
        }

        value = default;
        return false;
    }

    /// <exception cref="ArgumentException">The value has no word.</exception>
    public string Of(T value)
    {
        foreach ((T candidate, string word) in words)
            if (EqualityComparer<T>.Default.Equals(candidate, value)) return word;
        throw new ArgumentException($"{value} has no word in the record files.", nameof(value));
    }

    /// <summary>All words, for a message.</summary>
    public override string ToString() => string.Join(", ", words.Select(static pair => pair.Word));
}

/// <summary>The words of the record files.</summary>
internal static class FileWords
{
    public static readonly Words<ParticipantRole> Role = new(
        (ParticipantRole.SystemOperator, "system_operator"),
        (ParticipantRole.Aggregator, "aggregator"),
        (ParticipantRole.Prosumer, "prosumer"),
        (ParticipantRole.Auditor, "auditor"));

    public static readonly Words<ResourceKind> Kind = new(
        (ResourceKind.Meter, "meter"),
        (ResourceKind.Solar, "solar"),
        (ResourceKind.AirConditioner, "air_conditioner"),
        (ResourceKind.Battery, "battery"),
        (ResourceKind.ChargingStation, "charging_station"));

    public static readonly Words<StorageMode> Mode = new(
        (StorageMode.Idle, "idle"), (StorageMode.Charge, "charge"), (StorageMode.Discharge, "discharge"));

    public static readonly Words<ControlReason> Reason = new(
        (ControlReason.Scheduled, "scheduled"),
        (ControlReason.ReserveActivation, "reserve_activation"),
        (ControlReason.Emergency, "emergency"),
        (ControlReason.Restore, "restore"));

    public static readonly Words<TelemetryQuality> Quality = new(
        (TelemetryQuality.Good, "good"),
        (TelemetryQuality.Estimated, "estimated"),
        (TelemetryQuality.ClockUnsynchronised, "clock_unsynchronised"),
        (TelemetryQuality.Estimated | TelemetryQuality.ClockUnsynchronised, "estimated_and_clock_unsynchronised"));
}

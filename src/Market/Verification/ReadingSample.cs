namespace DerChain.Market.Verification;

/// <summary>What one reading counts for.</summary>
[Flags]
internal enum ReadingUse : byte
{
    None = 0,

    /// <summary>Its power is metered energy.</summary>
    Energy = 1,

    /// <summary>It shows reserve, or its delivery.</summary>
    Evidence = 2,
}

/// <summary>One reading of a device as verification keeps it. Reserve is in whole milliwatts, so that sums do not depend on the order of their parts.</summary>
internal struct ReadingSample
{
    public required ReadingRecord Record { get; init; }

    /// <summary>What the reading says, in 64 bits (<see cref="ReadingFingerprint"/>).</summary>
    public required ulong Fingerprint { get; init; }

    public required long LevelW { get; init; }

    public required long HeadroomMw { get; init; }

    public required long PotentialMw { get; init; }

    /// <summary>Session of the vehicle at a charging station; 0 where there is none.</summary>
    public required uint Session { get; init; }

    public required short FirstSlot { get; init; }

    public required byte Slots { get; init; }

    public required ShortfallCause Limit { get; init; }

    public required ShortfallCause ResponseLimit { get; init; }

    public required ReadingUse Use { get; set; }

    /// <summary>True where a correction stands in its place: another reading may have its slots.</summary>
    public bool IsReplaced { get; set; }

    public readonly int Interval => FirstSlot / DayTimeline.SlotsPerInterval;

    public readonly int Seconds => Slots * DayTimeline.SlotSeconds;

    public readonly ulong Mask => (1UL << Slots) - 1 << FirstSlot % DayTimeline.SlotsPerInterval;
}

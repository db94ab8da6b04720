namespace DerChain.Testing.Simulation;

/// <summary>How a validator's clock goes wrong until the faults heal.</summary>
public enum ClockSkewKind
{
    /// <summary>It is off by the same time always.</summary>
    Fixed,

    /// <summary>It drifts: the error grows evenly and then stays.</summary>
    Drift,

    /// <summary>It is right and then jumps.</summary>
    Step,
}

/// <summary>The error of a validator's clock.</summary>
/// <param name="Kind">How it comes about.</param>
/// <param name="OffsetMilliseconds">The error at its largest; negative for a clock that is late.</param>
/// <param name="AfterMilliseconds">How long the drift takes, or when the clock jumps, in milliseconds from the start; at least 1.</param>
public sealed record ClockSkew(ClockSkewKind Kind, long OffsetMilliseconds, ulong AfterMilliseconds = 1)
{
    /// <summary>The error after a time.</summary>
    /// <param name="elapsedMilliseconds">Milliseconds since the start of the simulation.</param>
    internal long At(ulong elapsedMilliseconds) => Kind switch
    {
        ClockSkewKind.Drift => OffsetMilliseconds * (long)Math.Min(elapsedMilliseconds, AfterMilliseconds) / (long)AfterMilliseconds,
        ClockSkewKind.Step => elapsedMilliseconds < AfterMilliseconds ? 0 : OffsetMilliseconds,
        _ => OffsetMilliseconds,
    };
}

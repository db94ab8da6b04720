namespace DerChain.Market.Verification;

/// <summary>Why a device could not show the reserve it is rated for.</summary>
public enum ShortfallCause : byte
{
    /// <summary>Nothing held it back.</summary>
    None = 0,

    /// <summary>The energy stored above the lower limit does not last for the sustain duration, or for the interval of an activation.</summary>
    StateOfChargeLow = 1,

    /// <summary>It already gives energy: headroom turned into energy.</summary>
    AlreadyDelivering = 2,

    /// <summary>No vehicle is plugged in.</summary>
    VehicleAbsent = 3,

    /// <summary>The vehicle is expected to leave before the sustain duration has passed.</summary>
    VehicleDepartsSoon = 4,

    /// <summary>Less cooling would let the indoor temperature pass the upper bound of comfort.</summary>
    ComfortLimit = 5,

    /// <summary>The air conditioner is off or cannot be controlled.</summary>
    DeviceOff = 6,

    /// <summary>In an activation it gave less than the headroom it had before, and no limit of its own explains that.</summary>
    PartialResponse = 7,

    /// <summary>No reading is on the chain in time, so there is no reserve to count (docs/spec/market.md, 2.7).</summary>
    MissingTelemetry = 8,
}

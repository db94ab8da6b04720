using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>A device behind the shortfall of an hour. Powers are means over the hour, kW.</summary>
/// <param name="Resource">The device.</param>
/// <param name="ResourceKind">Its type.</param>
/// <param name="Prosumer">Account of its owner.</param>
/// <param name="Cause">What held back most of it in the hour.</param>
/// <param name="PotentialKw">Reserve it could have shown: rated discharge of a store, present power of an air conditioner, in an activation the headroom
/// it had before.</param>
/// <param name="ShownKw">Reserve it showed; below 0 where it moved against an activation.</param>
/// <param name="UnavailableKw">Potential less shown, kW &gt; 0.</param>
/// <param name="WorstInterval">The five minutes in which most was unavailable.</param>
/// <param name="Evidence">Where its reading of those minutes stands; null where none is on the chain in time.</param>
public sealed record DeviceShortfall(
    ResourceId Resource,
    ResourceKind ResourceKind,
    Address Prosumer,
    ShortfallCause Cause,
    double PotentialKw,
    double ShownKw,
    double UnavailableKw,
    MarketInterval WorstInterval,
    RecordLocation? Evidence);

/// <summary>Reserve that was unavailable for one cause, mean over the hour.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="UnavailableKw">kW &gt; 0.</param>
public sealed record CauseTotal(ShortfallCause Cause, double UnavailableKw);

/// <summary>Reserve that was unavailable from one type of device, mean over the hour.</summary>
/// <param name="ResourceKind">The type.</param>
/// <param name="UnavailableKw">kW &gt; 0.</param>
public sealed record ResourceKindTotal(ResourceKind ResourceKind, double UnavailableKw);

/// <summary>The devices behind a short hour.</summary>
/// <param name="HourEnding">The hour, from 1.</param>
/// <param name="ShortKw">Mean shortfall of the hour, kW.</param>
/// <param name="Worst">Devices with the most reserve unavailable, largest first, then by resource id.</param>
/// <param name="ByCause">All devices, by cause, largest first.</param>
/// <param name="ByResourceKind">All devices, by type, largest first.</param>
public sealed record ShortfallTrace(
    int HourEnding,
    double ShortKw,
    ImmutableArray<DeviceShortfall> Worst,
    ImmutableArray<CauseTotal> ByCause,
    ImmutableArray<ResourceKindTotal> ByResourceKind);

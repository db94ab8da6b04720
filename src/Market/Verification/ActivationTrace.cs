using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>A record that a verdict rests on.</summary>
/// <param name="Record">Its hash.</param>
/// <param name="Location">Where it stands on the chain.</param>
public sealed record EvidenceReference(Hash256 Record, RecordLocation Location);

/// <summary>What one device did in an activation.</summary>
/// <param name="Resource">The device.</param>
/// <param name="ResourceKind">Its type.</param>
/// <param name="ResponseWattSeconds">δ_r: change of its injection (of an air conditioner, less load) over the windows, watt-seconds.</param>
/// <param name="Before">Its reading of the start; null where there is none.</param>
/// <param name="After">Its last reading of the response; null where there is none.</param>
public sealed record ResourceResponse(
    ResourceId Resource, ResourceKind ResourceKind, long ResponseWattSeconds, EvidenceReference? Before, EvidenceReference? After);

/// <summary>What one prosumer did in an activation.</summary>
/// <param name="Prosumer">Its account.</param>
/// <param name="ResponseWattSeconds">δ_a: change of its metered power over the windows, watt-seconds.</param>
/// <param name="CommittedW">Its part of what was called, in proportion to the headroom it had before, watts ≥ 0.</param>
/// <param name="DeliveredW">Its part of what was credited, watts; the parts add up to it.</param>
/// <param name="IsFlagged">True where its devices explain its meter badly: |ε_a| above 0.2 kW and above a tenth of |δ_a|.</param>
/// <param name="Command">The command that called it; null where there is none on the chain.</param>
/// <param name="Resources">Its devices other than the meter, and the meter, in ascending order of resource id.</param>
public sealed record ProsumerResponse(
    Address Prosumer,
    long ResponseWattSeconds,
    long CommittedW,
    long DeliveredW,
    bool IsFlagged,
    EvidenceReference? Command,
    ImmutableArray<ResourceResponse> Resources)
{
    /// <summary>ε_a: what its meter shows and its devices do not, watt-seconds.</summary>
    public long UnexplainedWattSeconds =>
        ResponseWattSeconds - Resources.Where(static resource => resource.ResourceKind != ResourceKind.Meter).Sum(static resource => resource.ResponseWattSeconds);
}

/// <summary>An activation's response, traced to prosumers and devices (docs/spec/market.md, 2.5). Amounts are watt-seconds over all windows, so that they add up exactly.</summary>
/// <param name="WindowSeconds">Length of a window.</param>
/// <param name="Windows">Number of windows that the response was read from; one after the other, but for those in which too little was reported.</param>
/// <param name="StartUnixSeconds">Start of the window whose level was the start, seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="ResponseFromUnixSeconds">Start of the first window of the response.</param>
/// <param name="ResponseWattSeconds">The aggregate response: exactly the sum over the prosumers.</param>
/// <param name="Prosumers">The prosumers in ascending order of account.</param>
public sealed record ActivationTrace(
    int WindowSeconds,
    int Windows,
    long StartUnixSeconds,
    long ResponseFromUnixSeconds,
    long ResponseWattSeconds,
    ImmutableArray<ProsumerResponse> Prosumers)
{
    /// <summary>An amount of the trace as power, watts: its mean over the windows.</summary>
    public decimal Watts(long wattSeconds) => (decimal)wattSeconds / (WindowSeconds * Windows);
}

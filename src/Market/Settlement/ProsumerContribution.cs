using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>What a prosumer gave to its aggregation in the period of a statement.</summary>
/// <param name="Prosumer">Its account.</param>
/// <param name="Name">Its name.</param>
/// <param name="VerifiedReserveWattSeconds">Reserve that its devices showed, summed over the intervals, watt-seconds ≥ 0.</param>
/// <param name="CommittedW">Reserve that was called from it, watts ≥ 0.</param>
/// <param name="DeliveredW">Response that it gave, watts.</param>
/// <param name="CapacityW">Registered capacity, watts ≥ 0.</param>
/// <param name="OwnEnergy">Its own energy, passed through; + is paid to the prosumer.</param>
public sealed record ProsumerContribution(
    Address Prosumer, ParticipantId Name, long VerifiedReserveWattSeconds, long CommittedW, long DeliveredW, long CapacityW, SettlementAmount OwnEnergy)
{
    /// <summary>Weight by agreement, ≥ 0; used by <see cref="AllocationRule.Custom"/> alone.</summary>
    public long CustomWeight { get; init; }

    /// <summary>What was called from it and not delivered, watts ≥ 0.</summary>
    public long ShortfallW => Math.Max(0, CommittedW - DeliveredW);
}

/// <summary>By what the payment for reserve is divided among prosumers.</summary>
public enum AllocationRule
{
    /// <summary>By the reserve that each one's devices showed.</summary>
    VerifiedContribution,

    /// <summary>By registered capacity.</summary>
    ProRataCapacity,

    /// <summary>By weights that the participants agreed on.</summary>
    Custom,
}

/// <summary>A prosumer's part of a statement.</summary>
/// <param name="Contribution">What it gave.</param>
/// <param name="Spin">Its part of the reserve payment, after the fee.</param>
/// <param name="EventCharge">Its part of the charges for events, ≤ 0.</param>
/// <param name="Energy">Its own energy.</param>
/// <param name="PayableCents">What is due, in cents; + to the prosumer. The parts of all add up to the rounded whole.</param>
public sealed record AllocatedShare(
    ProsumerContribution Contribution, SettlementAmount Spin, SettlementAmount EventCharge, SettlementAmount Energy, long PayableCents)
{
    /// <summary>Its part before it is rounded to cents.</summary>
    public SettlementAmount Net => Spin + EventCharge + Energy;

    /// <summary>The part as its record states it, in micro-dollars and cents.</summary>
    public AllocationAmounts Amounts => new(
        Contribution.VerifiedReserveWattSeconds, Spin.MicroUsd, EventCharge.MicroUsd, Energy.MicroUsd, PayableCents);
}

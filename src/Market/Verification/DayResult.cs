using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Settlement;

namespace DerChain.Market.Verification;

/// <summary>One hour of the table of docs/spec/market.md, 5.4. Powers are means over the hour in kW; energy by the generator convention, + injection.</summary>
/// <param name="HourEnding">h, from 1: a running number, so that each hour of a 25-hour day has its own.</param>
/// <param name="Interval">The hour.</param>
/// <param name="TradedKw">E^dam: energy traded day-ahead.</param>
/// <param name="ActualKw">M: energy metered.</param>
/// <param name="AwardedReserveKw">SRobl: reserve awarded.</param>
/// <param name="ShownReserveKw">SRavail: headroom, in intervals under an activation the response.</param>
/// <param name="DeliveredReserveKw">Mean of the lesser of obligation and shown reserve of each interval.</param>
/// <param name="ShortReserveKw">Mean of the obligation that was not shown.</param>
/// <param name="Verdict">Verdict on the reserve.</param>
/// <param name="ShortIntervals">Intervals in which a watt or more less was shown than awarded.</param>
/// <param name="MeanDispatchErrorKw">Mean magnitude of the deviation from dispatch, over the intervals that can be verified.</param>
/// <param name="MaxDispatchErrorKw">Largest magnitude of the deviation from dispatch.</param>
/// <param name="IntervalsOutOfTolerance">Intervals whose energy is over or under.</param>
/// <param name="IntervalsNotVerifiable">Intervals whose energy cannot be verified.</param>
public sealed record HourResult(
    int HourEnding,
    MarketInterval Interval,
    double TradedKw,
    double ActualKw,
    double AwardedReserveKw,
    double ShownReserveKw,
    double DeliveredReserveKw,
    double ShortReserveKw,
    ReserveVerdict Verdict,
    int ShortIntervals,
    double MeanDispatchErrorKw,
    double MaxDispatchErrorKw,
    int IntervalsOutOfTolerance,
    int IntervalsNotVerifiable)
{
    /// <summary>DevDAM: metered less traded, kW; over the hour the same number in kWh.</summary>
    public double DeviationKw => ActualKw - TradedKw;

    /// <summary>The hour with consumption counted positive, as the paper's Figure 4 prints it. Reserve is the same in both.</summary>
    public HourResult AsConsumption() => this with { TradedKw = -TradedKw, ActualKw = -ActualKw };
}

/// <summary>Metered against scheduled power of one quarter hour.</summary>
/// <param name="Interval">The quarter hour f.</param>
/// <param name="ScheduledKw">E^rtuc, + injection, or null where there is no award on the chain.</param>
/// <param name="ActualKw">M: mean net power.</param>
public sealed record QuarterHourResult(MarketInterval Interval, double? ScheduledKw, double ActualKw)
{
    /// <summary>DevRTUC: metered less scheduled power, kW; 0 where there is no schedule.</summary>
    public double DeviationKw => ScheduledKw is { } scheduled ? ActualKw - scheduled : 0;
}

/// <summary>Energy and reserve of one five-minute interval.</summary>
/// <param name="Interval">The interval t.</param>
/// <param name="Energy">Metered against dispatched power.</param>
/// <param name="Reserve">Reserve shown against reserve awarded.</param>
/// <param name="Activation">The activation it is under, or null.</param>
public sealed record IntervalResult(MarketInterval Interval, EnergyAssessment Energy, ReserveAssessment Reserve, ActivationId? Activation)
{
    /// <summary>True where the last level of a silent meter, or the rest of its interval, stands for a part of the energy.</summary>
    public bool IsEstimated { get; init; }
}

/// <summary>Verdict on one activation.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Period">From its start to its end.</param>
/// <param name="RequestedKw">R_req: reserve called, kW.</param>
/// <param name="Delivery">What was delivered, or null where it cannot be verified.</param>
/// <param name="Location">Where the call stands on the chain.</param>
public sealed record ActivationResult(
    ActivationId Activation, MarketInterval Period, double RequestedKw, DeliveryAssessment? Delivery, RecordLocation Location)
{
    /// <summary>Hash of the record that called it, or null where it was not read from a chain.</summary>
    public Hash256? Record { get; init; }

    /// <summary>The response traced to prosumers and devices; null where the delivery cannot be verified.</summary>
    public ActivationTrace? Trace { get; init; }
}

/// <summary>What one prosumer gave to the day.</summary>
/// <param name="Prosumer">Its account.</param>
/// <param name="VerifiedReserveWattSeconds">Reserve that its devices showed, summed over the intervals, watt-seconds ≥ 0.</param>
/// <param name="CapacityW">Rated power of its controlled devices, watts.</param>
/// <param name="MeteredWattSeconds">Metered energy of each five-minute interval, watt-seconds; + injection.</param>
public sealed record ProsumerResult(
    Address Prosumer, long VerifiedReserveWattSeconds, long CapacityW, ImmutableArray<long> MeteredWattSeconds);

/// <summary>What verification read.</summary>
/// <param name="Records">Records of any kind.</param>
/// <param name="TelemetryRows">Readings.</param>
/// <param name="ControlRows">Commands.</param>
/// <param name="RepeatedReadings">Readings that were on the chain already, word for word, and were ignored.</param>
public sealed record VerificationCounts(long Records, long TelemetryRows, long ControlRows, long RepeatedReadings);

/// <summary>The verified day of one aggregation.</summary>
/// <param name="Aggregation">The aggregation.</param>
/// <param name="Aggregator">Account of its aggregator.</param>
/// <param name="Hours">The hours, in order.</param>
/// <param name="QuarterHours">The quarter hours, in order.</param>
/// <param name="Intervals">The five-minute intervals, in order.</param>
/// <param name="Activations">The activations, in chain order.</param>
/// <param name="Shortfalls">The devices behind each short hour.</param>
/// <param name="SettlementIntervals">What the day's settlement is computed from.</param>
/// <param name="Counts">What was read.</param>
/// <param name="Problems">What could not be used, in chain order.</param>
public sealed record DayResult(
    AggregationId Aggregation,
    Address Aggregator,
    ImmutableArray<HourResult> Hours,
    ImmutableArray<QuarterHourResult> QuarterHours,
    ImmutableArray<IntervalResult> Intervals,
    ImmutableArray<ActivationResult> Activations,
    ImmutableArray<ShortfallTrace> Shortfalls,
    ImmutableArray<SettlementInterval> SettlementIntervals,
    VerificationCounts Counts,
    ImmutableArray<VerificationProblem> Problems)
{
    /// <summary>The aggregation's prosumers with devices, in ascending order of account.</summary>
    public ImmutableArray<ProsumerResult> Prosumers { get; init; } = [];

    /// <summary>Hours, by their ending, in which less reserve was there than awarded.</summary>
    public ImmutableArray<int> ShortHours => [.. Hours.Where(static hour => hour.Verdict == ReserveVerdict.Short).Select(static hour => hour.HourEnding)];

    /// <summary>Mean over the hours of the magnitude of metered less traded power, kW.</summary>
    public double MeanAbsoluteEnergyErrorKw => Hours.Average(static hour => Math.Abs(hour.DeviationKw));

    /// <summary>Reserve awarded over the day, MW·h.</summary>
    public double AwardedReserveMWh => Hours.Sum(static hour => hour.AwardedReserveKw) / 1e3;

    /// <summary>Reserve awarded and not shown over the day, MW·h.</summary>
    public double ShortReserveMWh => Hours.Sum(static hour => hour.ShortReserveKw) / 1e3;
}

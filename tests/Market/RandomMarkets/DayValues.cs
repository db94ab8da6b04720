using System.Collections.Immutable;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>Everything that a verified day says, value by value, with numbers in the place of names and places on the chain.</summary>
internal static class DayValues
{
    public static ImmutableArray<object> Of(DayResult day, Naming naming) =>
    [
        .. day.Hours,
        .. day.QuarterHours,
        .. day.Intervals,
        .. day.Activations.SelectMany(activation => Activation(activation, naming)),
        .. day.Shortfalls.SelectMany(trace => Shortfall(trace, naming)),
        .. day.SettlementIntervals,
        .. day.Prosumers.Select(prosumer =>
            $"site {naming.SiteOf(prosumer.Prosumer)}: {prosumer.VerifiedReserveWattSeconds} {prosumer.CapacityW} {string.Join(' ', prosumer.MeteredWattSeconds)}").Order(),
        .. day.Problems.Select(static problem => $"{problem.Rule}").Distinct().Order(),
        .. Lines(day).Select(static line => (object)(line.Line, line.Interval, line.QuantityWattSeconds, line.PriceMicroUsdPerMWh, line.Amount)),
    ];

    public static IEnumerable<StatementLine> Lines(DayResult day) => DaySettlement.LinesOf(day, [], null, new SettlementOptions());

    private static IEnumerable<object> Activation(ActivationResult activation, Naming naming)
    {
        yield return (activation.Activation, activation.Period, activation.RequestedKw, activation.Delivery);
        if (activation.Trace is not { } trace) yield break;
        yield return $"{trace.WindowSeconds} {trace.Windows} {trace.StartUnixSeconds} {trace.ResponseFromUnixSeconds} {trace.ResponseWattSeconds}";
        foreach (ProsumerResponse prosumer in trace.Prosumers.OrderBy(prosumer => naming.SiteOf(prosumer.Prosumer)))
        {
            yield return $"site {naming.SiteOf(prosumer.Prosumer)}: {prosumer.ResponseWattSeconds} {prosumer.IsFlagged} {prosumer.UnexplainedWattSeconds}";
            foreach (ResourceResponse device in prosumer.Resources.OrderBy(device => naming.DeviceOf(device.Resource)))
                yield return $"{naming.DeviceOf(device.Resource)}: {device.ResourceKind} {device.ResponseWattSeconds} {device.Before is null} {device.After is null}";
        }
    }

    private static IEnumerable<string> Shortfall(ShortfallTrace trace, Naming naming) =>
    [
        $"{trace.HourEnding}: {trace.ShortKw}",
        .. trace.Worst.Select(device => $"{naming.DeviceOf(device.Resource)}: {naming.SiteOf(device.Prosumer)} {device.ResourceKind} {device.Cause} "
            + $"{device.PotentialKw} {device.ShownKw} {device.UnavailableKw} {device.WorstInterval.StartUnixSeconds} {device.Evidence is null}").Order(),
        .. trace.ByCause.Select(static total => $"{total}").Order(),
        .. trace.ByResourceKind.Select(static total => $"{total}").Order(),
    ];
}

using System.Collections.Immutable;
using CsCheck;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>Tracing an activation loses nothing (docs/spec/market.md, 2.5).</summary>
public sealed class TracingTests
{
    private const int Cases = 1_000;

    [Fact]
    public void The_parts_of_a_response_add_up_to_what_the_meters_say() => Gen.Select(MarketGen.Market, Gen.Enum<SustainRule>()).Sample(static (market, rule) =>
    {
        foreach ((ActivationResult call, ActivationTrace trace) in Traces(market, rule))
        {
            Assert.Equal(trace.ResponseWattSeconds, trace.Prosumers.Sum(static prosumer => prosumer.ResponseWattSeconds));
            Assert.Equal(trace.ResponseWattSeconds, trace.Prosumers.Sum(static prosumer => MetersOf(prosumer)));
            if (trace.Windows == 1) Assert.Equal(Metered(market, trace), trace.ResponseWattSeconds);
            Assert.All(trace.Prosumers, static prosumer => Assert.Equal(
                prosumer.ResponseWattSeconds,
                prosumer.UnexplainedWattSeconds + prosumer.Resources.Where(static device => device.ResourceKind != ResourceKind.Meter).Sum(static device => device.ResponseWattSeconds)));
            Assert.Equal(call.Delivery!.CreditedKw * 1e3, (double)trace.Watts(trace.ResponseWattSeconds), 0.001);
        }
    }, iter: Cases);

    [Fact]
    public void What_was_delivered_and_called_is_divided_to_the_watt() => Gen.Select(MarketGen.Market, Gen.Enum<SustainRule>()).Sample(static (market, rule) =>
    {
        foreach ((ActivationResult call, ActivationTrace trace) in Traces(market, rule))
        {
            Assert.Equal(Math.Round(call.Delivery!.CreditedKw * 1e3, MidpointRounding.ToEven), trace.Prosumers.Sum(static prosumer => prosumer.DeliveredW));
            // Nobody had headroom before: nothing is called from anyone in particular.
            long called = trace.Prosumers.Sum(static prosumer => prosumer.CommittedW);
            Assert.True(called == 0 || called == (long)Math.Round(call.RequestedKw * 1e3));
            Assert.All(trace.Prosumers, prosumer => Assert.InRange(
                prosumer.DeliveredW - trace.Watts(prosumer.ResponseWattSeconds), -1, 1));
        }
    }, iter: Cases);

    private static IEnumerable<(ActivationResult Call, ActivationTrace Trace)> Traces(RandomMarket market, SustainRule rule) =>
        new MarketRecords(market, new Naming(0)).Verify(rule).Activations.Where(static call => call.Trace is not null).Select(static call => (call, call.Trace!));

    private static long MetersOf(ProsumerResponse prosumer) =>
        prosumer.Resources.Where(static device => device.ResourceKind == ResourceKind.Meter).Sum(static device => device.ResponseWattSeconds);

    // The metered watts of the response less those of the start; of one window, since others may be left out between two.
    private static long Metered(RandomMarket market, ActivationTrace trace)
    {
        ImmutableArray<Report> meters = NaiveDay.EvidenceOf(market, ResourceKind.Meter);
        long start = Energy(meters, new MarketInterval(trace.StartUnixSeconds, trace.WindowSeconds));
        return Energy(meters, new MarketInterval(trace.ResponseFromUnixSeconds, trace.WindowSeconds * trace.Windows)) - start * trace.Windows;
    }

    private static long Energy(ImmutableArray<Report> meters, MarketInterval window) =>
        meters.Sum(report => report.Interval.OverlapSeconds(window) * report.Readings.Sum(static reading => ((MeterReading)reading.Row).NetPowerW));
}

using System.Collections.Immutable;
using System.Numerics;
using DerChain.Chain.Primitives;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Verification;

/// <summary>What each prosumer gave to a verified day: what its part of the statement is computed from (docs/spec/market.md, 2.6).</summary>
public static class ProsumerShares
{
    /// <summary>The contributions of a day, in ascending order of account.</summary>
    /// <param name="day">The day.</param>
    /// <param name="registry">Names of the prosumers.</param>
    /// <param name="statement">The day's statement: its uninstructed energy is passed through.</param>
    /// <remarks>
    /// What was called from a prosumer and what it delivered are summed over the day's activations; what it gave above its part in one does not make up for another.
    /// Uninstructed energy of an interval is divided by the magnitude of each one's metered energy in it.
    /// </remarks>
    /// <exception cref="ArgumentException">A prosumer of the day is not in the registry.</exception>
    public static ImmutableArray<ProsumerContribution> Of(DayResult day, Registry registry, SettlementStatement statement)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(statement);
        ImmutableArray<SettlementAmount> energy = EnergyOf(day, statement);
        ILookup<Address, ProsumerResponse> responses = day.Activations.Where(static activation => activation.Trace is not null)
            .SelectMany(static activation => activation.Trace!.Prosumers).ToLookup(static response => response.Prosumer);
        return
        [
            .. day.Prosumers.Select((prosumer, index) => new ProsumerContribution(
                prosumer.Prosumer,
                registry.NameOf(prosumer.Prosumer) ?? throw new ArgumentException($"{prosumer.Prosumer} is not registered.", nameof(registry)),
                prosumer.VerifiedReserveWattSeconds,
                responses[prosumer.Prosumer].Sum(static response => response.CommittedW),
                responses[prosumer.Prosumer].Sum(static response => Math.Min(response.CommittedW, response.DeliveredW)),
                prosumer.CapacityW,
                energy[index])),
        ];
    }

    private static ImmutableArray<SettlementAmount> EnergyOf(DayResult day, SettlementStatement statement)
    {
        var sums = new SettlementAmount[day.Prosumers.Length];
        foreach (StatementLine line in statement.Lines.Where(static line => line.Line == SettlementLine.UninstructedEnergy))
        {
            int interval = (int)((line.Interval.StartUnixSeconds - day.Intervals[0].Interval.StartUnixSeconds) / MarketInterval.DispatchSeconds);
            ImmutableArray<BigInteger> weights = [.. day.Prosumers.Select(prosumer => (BigInteger)Math.Abs(prosumer.MeteredWattSeconds[interval]))];
            BigInteger whole = weights.Aggregate(BigInteger.Zero, static (sum, weight) => sum + weight);
            if (whole.IsZero) continue;
            ImmutableArray<Int128> parts = LargestRemainder.Round([.. weights.Select(weight => weight * line.Amount.Units)], whole, line.Amount.Units);
            for (int prosumer = 0; prosumer < sums.Length; prosumer++) sums[prosumer] += new SettlementAmount(parts[prosumer]);
        }
        return [.. sums];
    }
}

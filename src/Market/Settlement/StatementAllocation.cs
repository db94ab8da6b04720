using System.Collections.Immutable;
using System.Numerics;
using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>The division of a statement among the prosumers of its aggregation (docs/spec/market.md, 2.6).</summary>
/// <param name="Rule">By what the reserve payment was divided.</param>
/// <param name="Fee">What the aggregator keeps of the reserve payment.</param>
/// <param name="Shares">The parts, in order of the prosumers' names.</param>
public sealed record StatementAllocation(AllocationRule Rule, SettlementAmount Fee, ImmutableArray<AllocatedShare> Shares)
{
    private static readonly SettlementLine[] SpinLines = [SettlementLine.DayAheadSpin, SettlementLine.FifteenMinuteSpin, SettlementLine.NoPay];

    private static readonly SettlementLine[] ChargeLines = [SettlementLine.EventCharge, SettlementLine.RetroactiveCharge];

    /// <summary>What all prosumers are due, in cents.</summary>
    public long PayableCents => Shares.Sum(static share => share.PayableCents);

    /// <summary>Divides a statement: the pool is B1, B2 and C, the charges are E1 and E2.</summary>
    /// <inheritdoc cref="Of(SettlementAmount, SettlementAmount, IEnumerable{ProsumerContribution}, AllocationRule, SettlementOptions)"/>
    public static StatementAllocation Of(
        SettlementStatement statement, IEnumerable<ProsumerContribution> prosumers, AllocationRule rule, SettlementOptions options)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return Of(Sum(statement, SpinLines), Sum(statement, ChargeLines), prosumers, rule, options);
    }

    /// <summary>Divides a pool and charges. The pool, less the fee, goes by the weights of the rule; the charges by each one's own shortfall, or by what was called
    /// from each where nobody fell short alone; equally where all of these weights are 0.</summary>
    /// <param name="spinPool">Payment for reserve, No-Pay taken off.</param>
    /// <param name="charges">Charges for events, ≤ 0.</param>
    /// <param name="prosumers">The prosumers, at least one, in any order.</param>
    /// <param name="rule">By what the pool is divided.</param>
    /// <param name="options">The fee.</param>
    /// <exception cref="ArgumentException">There is no prosumer, a name occurs twice, or a weight is negative.</exception>
    public static StatementAllocation Of(
        SettlementAmount spinPool,
        SettlementAmount charges,
        IEnumerable<ProsumerContribution> prosumers,
        AllocationRule rule,
        SettlementOptions options)
    {
        ArgumentNullException.ThrowIfNull(prosumers);
        ArgumentNullException.ThrowIfNull(options);
        ImmutableArray<ProsumerContribution> ordered = [.. prosumers.OrderBy(static prosumer => prosumer.Name)];
        Require(ordered);
        ImmutableArray<long> weights = Weights(ordered.Select(prosumer => WeightOf(prosumer, rule)));
        ImmutableArray<long> shortfalls = Weights(
            ordered.Any(static prosumer => prosumer.ShortfallW > 0)
                ? ordered.Select(static prosumer => prosumer.ShortfallW)
                : ordered.Select(static prosumer => prosumer.CommittedW));

        SettlementAmount fee = spinPool.Share(options.FeePpm, SettlementOptions.Whole);
        ImmutableArray<SettlementAmount> spin = Divide(spinPool - fee, weights);
        ImmutableArray<SettlementAmount> charge = Divide(charges, shortfalls);
        ImmutableArray<SettlementAmount> energy = [.. ordered.Select(static prosumer => prosumer.OwnEnergy)];
        ImmutableArray<long> cents = InCents([.. ordered.Select((_, index) => spin[index] + charge[index] + energy[index])]);
        return new StatementAllocation(
            rule, fee, [.. ordered.Select((prosumer, index) => new AllocatedShare(prosumer, spin[index], charge[index], energy[index], cents[index]))]);
    }

    private static SettlementAmount Sum(SettlementStatement statement, SettlementLine[] lines) => SettlementAmount.Sum(
        statement.Totals.Where(total => lines.Contains(total.Line)).Select(static total => total.Amount));

    private static void Require(ImmutableArray<ProsumerContribution> ordered)
    {
        if (ordered.IsEmpty) throw new ArgumentException("There is no prosumer to allocate to.", nameof(ordered));
        for (int index = 1; index < ordered.Length; index++)
            if (ordered[index].Name == ordered[index - 1].Name)
                throw new ArgumentException($"Prosumer {ordered[index].Name} occurs twice.", nameof(ordered));
        foreach (ProsumerContribution prosumer in ordered)
            if (prosumer is { VerifiedReserveWattSeconds: < 0 } or { CommittedW: < 0 } or { CapacityW: < 0 } or { CustomWeight: < 0 })
                throw new ArgumentException($"Prosumer {prosumer.Name} has a negative weight.", nameof(ordered));
    }

    private static long WeightOf(ProsumerContribution prosumer, AllocationRule rule) => rule switch
    {
        AllocationRule.VerifiedContribution => prosumer.VerifiedReserveWattSeconds,
        AllocationRule.ProRataCapacity => prosumer.CapacityW,
        AllocationRule.Custom => prosumer.CustomWeight,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No such rule."),
    };

    private static ImmutableArray<long> Weights(IEnumerable<long> weights)
    {
        ImmutableArray<long> given = [.. weights];
        return given.All(static weight => weight == 0) ? [.. given.Select(static _ => 1L)] : given;
    }

    private static ImmutableArray<SettlementAmount> Divide(SettlementAmount amount, ImmutableArray<long> weights)
    {
        BigInteger all = weights.Aggregate(BigInteger.Zero, static (sum, weight) => sum + weight);
        ImmutableArray<Int128> units = LargestRemainder.Round(
            [.. weights.Select(weight => amount.Units * (BigInteger)weight)], all, amount.Units);
        return [.. units.Select(static part => new SettlementAmount(part))];
    }

    private static ImmutableArray<long> InCents(ImmutableArray<SettlementAmount> amounts)
    {
        ImmutableArray<Int128> cents = LargestRemainder.Round(
            [.. amounts.Select(static amount => (BigInteger)amount.Units)], SettlementAmount.UnitsPerCent, SettlementAmount.Sum(amounts).Cents);
        return [.. cents.Select(static part => (long)part)];
    }
}

using System.Collections.Immutable;
using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Evidence;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

public sealed class SettlementStatementTests
{
    private static readonly StatementSubject First = new(new AggregationId("aggregation-1"), new MarketInterval(0, 86_400), 1, null);

    private static readonly StatementSubject Second = First with { Version = 2, Supersedes = Keccak256.Hash([1]) };

    private static SettlementStatement Golden => new(First, GoldenHour.Lines);

    [Fact]
    public void The_golden_hour_is_payable_in_cents()
    {
        Assert.Equal(-19.8668667m, Math.Round(Golden.Total.Usd, 7));
        Assert.Equal(-1_987, Golden.PayableCents);
        Assert.Equal(
            [
                (SettlementLine.DayAheadEnergy, -24_000_000), (SettlementLine.FifteenMinuteEnergy, -1_000_000), (SettlementLine.DispatchedEnergy, 4_895_833),
                (SettlementLine.UninstructedEnergy, -990_000), (SettlementLine.DayAheadSpin, 1_200_000), (SettlementLine.FifteenMinuteSpin, 90_000),
                (SettlementLine.NoPay, -62_700),
            ],
            Golden.Totals.Select(static total => (total.Line, total.Amount.MicroUsd)));
    }

    [Fact]
    public void The_order_of_the_lines_given_changes_nothing() => Gen.Shuffle(GoldenHour.Lines.ToArray()).Sample(static lines =>
    {
        var statement = new SettlementStatement(First, lines);

        Assert.Equal(Golden.Root, statement.Root);
        Assert.Equal(Golden.Lines.Select(static line => line.Amount), statement.Lines.Select(static line => line.Amount));
        Assert.Equal(Golden.Total, statement.Total);
    });

    [Fact]
    public void Every_line_is_proved_and_no_other()
    {
        SettlementStatement golden = Golden;
        for (int index = 0; index < golden.Lines.Length; index++)
        {
            StatementProof proof = golden.ProofOf(index);

            Assert.True(proof.Proves(golden.Root));
            Assert.False((proof with { Line = proof.Line with { Amount = proof.Line.Amount + new SettlementAmount(1) } }).Proves(golden.Root));
            Assert.False((proof with { Index = (index + 1) % golden.Lines.Length }).Proves(golden.Root));
            Assert.False((proof with { Count = golden.Lines.Length * 2 }).Proves(golden.Root));
        }
    }

    [Fact]
    public void Every_field_of_a_line_is_in_its_bytes()
    {
        StatementLine line = GoldenHour.Lines[0] with { Evidence = [Keccak256.Hash([1])] };
        StatementLine[] altered =
        [
            line with { Line = SettlementLine.NoPay }, line with { Interval = GoldenHour.At(1) },
            line with { Interval = new MarketInterval(0, 900) }, line with { QuantityWattSeconds = 1 }, line with { PriceMicroUsdPerMWh = 1 },
            line with { Amount = -line.Amount }, line with { Evidence = [] }, line with { Evidence = [Keccak256.Hash([2])] },
        ];

        Assert.Equal(altered.Length + 1, altered.Append(line).Select(static found => Convert.ToHexString(found.ToBytes())).Distinct().Count());
    }

    [Fact]
    public void The_bytes_of_a_line_are_these()
    {
        var line = new StatementLine(SettlementLine.NoPay, new MarketInterval(300, 300), -2, 10_400_000, new SettlementAmount(-20_800_000));

        Assert.Equal("9707CD012CCD012CFECE009EB100C410FFFFFFFFFFFFFFFFFFFFFFFFFEC29E0090", Convert.ToHexString(line.ToBytes()));
    }

    [Fact]
    public void A_later_version_tells_what_it_changed()
    {
        StatementLine[] corrected =
        [
            .. GoldenHour.Lines.Where(static line => line.Line != SettlementLine.NoPay || line.Interval != GoldenHour.At(3)).Select(static line =>
                line.Line == SettlementLine.UninstructedEnergy && line.Interval == GoldenHour.At(0)
                    ? line with { Amount = SettlementAmount.FromUsd(-0.04m) }
                    : line),
            new StatementLine(SettlementLine.EventCharge, GoldenHour.At(5), -1, 1, new SettlementAmount(-1)),
        ];
        var later = new SettlementStatement(Second, corrected);

        ImmutableArray<StatementDelta> changes = later.ChangesSince(Golden);

        Assert.Equal(
            [(SettlementLine.UninstructedEnergy, GoldenHour.At(0)), (SettlementLine.NoPay, GoldenHour.At(3)), (SettlementLine.EventCharge, GoldenHour.At(5))],
            changes.Select(static delta => (delta.Line, delta.Interval)));
        Assert.Equal(0.005m, changes[0].Change.Usd);
        Assert.Equal(SettlementAmount.Zero, changes[1].After);
        Assert.Equal(SettlementAmount.Zero, changes[2].Before);
        Assert.Equal(later.Total - Golden.Total, SettlementAmount.Sum(changes.Select(static delta => delta.Change)));
    }

    [Fact]
    public void A_version_that_is_not_later_or_of_another_day_has_no_changes_to_tell()
    {
        Assert.Throws<ArgumentException>(static () => Golden.ChangesSince(Golden));
        Assert.Throws<ArgumentException>(static () =>
            new SettlementStatement(Second with { Period = new MarketInterval(86_400, 86_400) }, GoldenHour.Lines).ChangesSince(Golden));
    }

    [Fact]
    public void A_statement_without_lines_or_with_two_of_a_kind_is_misuse()
    {
        Assert.Throws<ArgumentException>(static () => new SettlementStatement(First, []));
        Assert.Throws<ArgumentException>(static () => new SettlementStatement(First, [GoldenHour.Lines[0], GoldenHour.Lines[0] with { PriceMicroUsdPerMWh = 1 }]));
    }

    [Fact]
    public void Only_a_later_version_supersedes_another()
    {
        Assert.Throws<ArgumentException>(static () => new SettlementStatement(First with { Supersedes = Hash256.Zero }, GoldenHour.Lines));
        Assert.Throws<ArgumentException>(static () => new SettlementStatement(Second with { Supersedes = null }, GoldenHour.Lines));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SettlementStatement(First with { Version = 0 }, GoldenHour.Lines));
    }

    [Fact]
    public void The_root_is_that_of_the_lines_bytes() => Assert.Equal(
        MerkleTree.Over(Golden.Lines.Select(static line => MerkleTree.HashLeaf(line.ToBytes()))).Root, Golden.Root);
}

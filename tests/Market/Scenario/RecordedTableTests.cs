using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Tests.Scenario;

/// <summary>The hourly table once more, from nothing but the records.</summary>
public sealed class RecordedTableTests
{
    [Fact]
    public void Verification_from_the_records_gives_the_references_table()
    {
        var records = ReferenceDay.Messages.Select(message => message.Record).ToArray();
        var awards = records.OfType<DayAheadAward>().Single().Rows;
        var steps = Steps(ReferenceDay.Market.Day, records);
        var shortHours = new List<int>();
        for (var h = 0; h < 24; h++)
        {
            var hour = steps[(h * 12)..((h + 1) * 12)];
            var award = awards[h].SpinAwardW / 1e3;
            var shortfall = hour.Average(step => Math.Max(0, award - step.ReserveKw));
            var expected = ReferenceTable.Hours[h];
            AssertNear(expected[1], -awards[h].EnergyW / 1e3);
            AssertNear(expected[2], -hour.Average(step => step.NetKw));
            AssertNear(expected[3], award);
            AssertNear(expected[4], hour.Average(step => step.ReserveKw));
            AssertNear(expected[5], hour.Average(step => Math.Min(award, step.ReserveKw)));
            AssertNear(expected[6], shortfall);
            if (shortfall > 0.02 * award)
            {
                shortHours.Add(h + 1);
            }
        }

        Assert.Equal([2, 11, 12, 19], shortHours);
    }

    // 1 % or 2 kW, whichever is larger (docs/spec/market.md, 5.4).
    private static void AssertNear(double expected, double actual) =>
        Assert.Equal(expected, actual, Math.Max(2.0, 0.01 * Math.Abs(expected)));

    private static (double NetKw, double ReserveKw)[] Steps(TradingDay day, MarketRecord[] records)
    {
        var activations = records.OfType<ReserveActivation>().Select(activation => activation.Period).ToArray();
        var reports = records.OfType<Telemetry>().ToLookup(telemetry => telemetry.Interval.StartUnixSeconds);
        var level = 0.0;
        var steps = new List<(double, double)>();
        foreach (var interval in day.DispatchIntervals)
        {
            // Under an activation the first minute stands for all five: the power is held.
            var devices = reports[interval.StartUnixSeconds];
            var controlled = devices.Sum(RecordedReserve.ControlledKw);
            var isActivated = activations.Any(period => period.Contains(interval.StartUnixSeconds));
            steps.Add((devices.Sum(RecordedReserve.NetKw), isActivated ? controlled - level : devices.Sum(RecordedReserve.HeadroomKw)));
            level = isActivated ? level : controlled;
        }

        return [.. steps];
    }
}

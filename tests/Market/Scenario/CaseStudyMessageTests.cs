using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

public sealed class CaseStudyMessageTests
{
    private const string PinnedDigest = "457F498C97AAE5C03F9BE1E0B41FE556C3EE187AD9C253A22FE16F6DA93F1937";

    private static readonly MarketDay Market = ReferenceDay.Market;
    private static readonly ScenarioMessage[] Messages = ReferenceDay.Messages;

    private static long Midnight => Market.Day.StartUnixSeconds;

    [Fact]
    public void There_are_as_many_messages_and_rows_as_specified()
    {
        var counts = Messages.GroupBy(message => message.Record.Kind)
            .ToDictionary(group => group.Key, group => (group.Count(), group.Sum(message => message.Record.RowCount)));
        Assert.Equal((1, 24), counts[RecordKind.DayAheadBid]);
        Assert.Equal((1, 24), counts[RecordKind.DayAheadAward]);
        Assert.Equal((24, 24), counts[RecordKind.RealTimeBid]);
        Assert.Equal((96, 96), counts[RecordKind.FifteenMinuteAward]);
        Assert.Equal((288, 288), counts[RecordKind.DispatchInstruction]);
        Assert.Equal((2, 2), counts[RecordKind.ReserveActivation]);
        Assert.Equal((68_000, 309_740), counts[RecordKind.Telemetry]);
        Assert.Equal((58_000, 160_950), counts[RecordKind.ControlCommand]);
        Assert.Equal(126_412, Messages.Length);
    }

    [Fact]
    public void Messages_are_in_the_order_they_are_sent() =>
        Assert.All(
            Messages.Zip(Messages.Skip(1)),
            pair => Assert.True(pair.First.RecordedAtUnixSeconds <= pair.Second.RecordedAtUnixSeconds));

    [Fact]
    public void The_day_ahead_market_is_the_day_before()
    {
        Assert.Equal(
            [(RecordKind.DayAheadBid, Midnight - (14 * 3600)), (RecordKind.DayAheadAward, Midnight - (11 * 3600))],
            Messages[..2].Select(message => (message.Record.Kind, message.RecordedAtUnixSeconds)));
        var bid = (DayAheadBid)Messages[0].Record;
        Assert.Equal(Market.Day.Hours, bid.Rows.Select(row => row.Interval));
        Assert.Equal(Market.Aggregation, bid.Aggregation);
        var award = (DayAheadAward)Messages[1].Record;
        Assert.Equal(
            bid.Rows.Select(row => (row.EnergyQuantityW, row.SpinQuantityW)),
            award.Rows.Select(row => (row.EnergyW, row.SpinAwardW)));
    }

    [Fact]
    public void A_real_time_bid_is_sent_75_minutes_before_its_hour_and_repeats_the_day_ahead_one()
    {
        var dayAhead = ((DayAheadBid)Messages[0].Record).Rows;
        var bids = Messages.Where(message => message.Record is RealTimeBid).ToArray();
        Assert.All(bids, (message, hour) =>
        {
            Assert.Equal(Midnight + (hour * 3600) - 4500, message.RecordedAtUnixSeconds);
            Assert.Equal(
                dayAhead[hour] with { ReferenceLoadQuantityW = dayAhead[hour].LoadQuantityW }, ((RealTimeBid)message.Record).Rows.Single());
        });
    }

    [Fact]
    public void At_a_boundary_telemetry_comes_before_award_dispatch_and_control()
    {
        Assert.Equal(
            [RecordKind.Telemetry, RecordKind.FifteenMinuteAward, RecordKind.DispatchInstruction, RecordKind.ControlCommand],
            KindsAt(Midnight + 900));
        Assert.Equal([RecordKind.Telemetry, RecordKind.DispatchInstruction, RecordKind.ControlCommand], KindsAt(Midnight + 300));
        Assert.Equal(
            [RecordKind.Telemetry, RecordKind.FifteenMinuteAward, RecordKind.DispatchInstruction, RecordKind.ControlCommand,
                RecordKind.ReserveActivation, RecordKind.ControlCommand],
            KindsAt(Midnight + 1800));
        Assert.Equal([RecordKind.Telemetry], KindsAt(Midnight + 1860));
        Assert.Equal([RecordKind.Telemetry], KindsAt(Market.Day.EndUnixSeconds));
    }

    [Fact]
    public void Commands_say_why_they_are_given()
    {
        var reasons = Messages.Where(message => message.Receiver == new ParticipantId("DP001") && message.Record is ControlCommand)
            .Select(message => (ControlCommand)message.Record)
            .GroupBy(command => (command.Reason, command.Activation?.Value))
            .ToDictionary(group => group.Key, group => group.Select(command => (int)(command.Validity.StartUnixSeconds - Midnight) / 300));
        Assert.Equal(Enumerable.Range(6, 6), reasons[(ControlReason.ReserveActivation, "SPIN-20210715-1")]);
        Assert.Equal(Enumerable.Range(209, 7), reasons[(ControlReason.ReserveActivation, "SPIN-20210715-2")]);
        Assert.Equal([12, 216], reasons[(ControlReason.Restore, null)]);
        Assert.Equal(288 - 13 - 2 + 2, reasons[(ControlReason.Scheduled, null)].Count());
    }

    [Fact]
    public void An_activation_calls_the_hours_award_for_its_period()
    {
        var activations = Messages.Select(message => message.Record).OfType<ReserveActivation>().ToArray();
        Assert.Equal([1_290_000, 1_930_000], activations.Select(activation => activation.RequestedW));
        Assert.Equal(
            [new MarketInterval(Midnight + 1800, 1800), new MarketInterval(Midnight + (209 * 300), 2100)],
            activations.Select(activation => activation.Period));
        Assert.All(
            Messages.Select(message => message.Record).OfType<DispatchInstruction>().Select(dispatch => dispatch.Rows.Single()),
            row => Assert.Equal(
                activations.FirstOrDefault(activation => activation.Period.Contains(row.Interval.StartUnixSeconds))?.RequestedW ?? 0,
                row.SpinDeployedW));
    }

    [Fact]
    public void Dispatch_follows_what_was_metered()
    {
        var metered = Messages.Select(message => message.Record).OfType<Telemetry>()
            .GroupBy(telemetry => telemetry.Interval.StartUnixSeconds)
            .ToDictionary(group => group.Key, group => group.Sum(RecordedReserve.NetKw));
        var hours = ((DayAheadAward)Messages[1].Record).Rows;
        var commitment = 0.0;
        foreach (var record in Messages.Select(message => message.Record))
        {
            if (record is FifteenMinuteAward award)
            {
                var start = award.Rows[0].Interval.StartUnixSeconds;
                var scheduled = hours.Single(row => row.Interval.Contains(start)).EnergyW / 1e3;
                commitment = award.Rows[0].EnergyW / 1e3;
                var deviation = metered.TryGetValue(start - 300, out var net)
                    ? net - (hours.Single(row => row.Interval.Contains(start - 300)).EnergyW / 1e3)
                    : 0.0;
                Assert.Equal(scheduled + (0.7 * deviation), commitment, 0.1);
            }
            else if (record is DispatchInstruction dispatch)
            {
                var observed = metered.TryGetValue(dispatch.Rows[0].Interval.StartUnixSeconds - 300, out var net) ? net : commitment;
                Assert.Equal(commitment + (0.9 * (observed - commitment)), dispatch.Rows[0].EnergyW / 1e3, 0.1);
            }
        }
    }

    [Fact]
    public void Reports_of_a_prosumer_are_numbered_and_tile_the_day()
    {
        var reports = Messages.Where(message => message.Sender == new ParticipantId("DP200"))
            .Select(message => (Telemetry)message.Record).ToArray();
        Assert.Equal(Enumerable.Range(1, 340), reports.Select(report => (int)report.Sequence));
        Assert.Equal(Midnight, reports[0].Interval.StartUnixSeconds);
        Assert.Equal(Market.Day.EndUnixSeconds, reports[^1].Interval.EndUnixSeconds);
        Assert.All(
            reports.Zip(reports.Skip(1)), pair => Assert.Equal(pair.First.Interval.EndUnixSeconds, pair.Second.Interval.StartUnixSeconds));
    }

    [Fact]
    public void Every_value_is_in_its_documented_range() =>
        Assert.All(Messages, message => Assert.True(RecordRanges.Holds(message.Record)));

    [Fact]
    public void Participants_and_resources_are_those_of_the_messages()
    {
        Assert.Equal(202, Market.Participants.Length);
        Assert.Equal(
            [(new ParticipantId("ISO"), ParticipantRole.SystemOperator), (new ParticipantId("AGG1"), ParticipantRole.Aggregator)],
            Market.Participants[..2].Select(participant => (participant.Id, participant.Role)));
        Assert.All(Market.Participants[2..], participant => Assert.Equal(Market.Aggregator, participant.Aggregator));
        Assert.Equal(911, Market.Resources.Length);
        var reported = Messages.Where(message => message.Record is Telemetry).TakeWhile((_, index) => index < 200)
            .SelectMany(message => ((Telemetry)message.Record).Rows.Select(row => (row.Resource, row.ResourceKind, message.Sender)));
        Assert.Equal(Market.Resources.Select(resource => (resource.Id, resource.Kind, resource.Owner)), reported);
    }

    [Fact]
    public void The_report_can_say_what_the_fleet_is() => Assert.Equal(
        "120 homes, 50 offices, 30 shops with 1,998 kW of PV, 120 batteries of 1,290 kW and 2,822 kWh, "
        + "235 EV charging stations and 200 air conditioners.",
        Market.FleetDescription);

    // The same on every platform: any change of a number, an order or a name changes it.
    [Fact]
    public void Every_number_of_the_day_is_pinned()
    {
        Assert.Equal(PinnedDigest, Digest.Of(Messages));
        Assert.Equal(PinnedDigest, Digest.Of(Market.Messages));
    }

    private static RecordKind[] KindsAt(long instant)
    {
        var kinds = new List<RecordKind>();
        foreach (var message in Messages.Where(message => message.RecordedAtUnixSeconds == instant))
        {
            if (kinds.Count == 0 || kinds[^1] != message.Record.Kind)
            {
                kinds.Add(message.Record.Kind);
            }
        }

        return [.. kinds];
    }
}

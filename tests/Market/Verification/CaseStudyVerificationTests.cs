using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

/// <summary>The case study, encoded, admitted, decoded and verified: what is asserted follows from payloads alone (docs/spec/market.md, 5.4).</summary>
public sealed class CaseStudyVerificationTests
{
    /// <summary>Traded, actual (consumption positive), awarded, shown, delivered reserve in kW, by hour ending.</summary>
    private static readonly double[][] Table =
    [
        [447, -186, 1290, 1447, 1281], [449, 461, 1290, 1138, 1138], [327, 985, 1190, 1999, 1190], [251, 257, 1130, 1429, 1130],
        [224, 234, 1110, 1406, 1110], [180, 186, 1070, 1353, 1070], [91, 63, 1050, 1320, 1050], [-138, -165, 1080, 1321, 1080],
        [-222, -234, 1200, 1480, 1200], [36, 39, 1620, 2016, 1620], [88, 187, 1840, 1477, 1477], [162, 541, 2070, 1276, 1276],
        [272, 629, 2240, 2719, 2232], [246, 263, 2200, 2715, 2200], [269, 258, 2100, 2585, 2100], [457, 453, 2060, 2521, 2060],
        [810, 814, 2020, 2483, 2020], [923, -169, 1930, 2152, 1930], [879, 1555, 1720, 1783, 1599], [575, 1441, 1270, 2066, 1270],
        [534, 533, 1200, 1457, 1200], [402, 417, 1180, 1318, 1180], [284, 298, 1130, 1262, 1130], [336, 349, 1190, 1351, 1190],
    ];

    [Fact]
    public void The_hourly_table_follows_from_the_records_alone()
    {
        DayResult day = Verify(new CaseStudyOptions());

        Assert.Empty(day.Problems);
        Assert.Equal([2, 11, 12, 19], day.ShortHours);
        foreach (HourResult hour in day.Hours.Select(hour => hour.AsConsumption()))
        {
            double[] found = [hour.TradedKw, hour.ActualKw, hour.AwardedReserveKw, hour.ShownReserveKw, hour.DeliveredReserveKw];
            Assert.All(found.Zip(Table[hour.HourEnding - 1]), pair => Assert.Equal(pair.Second, pair.First, 1.0));
        }
        Assert.Equal(206, day.MeanAbsoluteEnergyErrorKw, 0.5);
        Assert.Equal((1.45, 36.18), (Math.Round(day.ShortReserveMWh, 2), Math.Round(day.AwardedReserveMWh, 2)));
    }

    [Fact]
    public void What_was_called_and_did_not_come_is_charged_at_the_price_of_its_hours()
    {
        DayResult day = Verify(new CaseStudyOptions());

        DayTotals totals = DayTotals.Of(DaySettlement.LinesOf(day, [], null, new SettlementOptions()));

        // Half an hour at 4 dollars, and 35 minutes at 28; the first forfeits the half hour before it too.
        Assert.Equal([18_275, 40_639], day.Activations.Select(static activation => activation.Delivery!.ShortfallW));
        Assert.Equal(-(0.018275m * 4 * 30 + 0.040639m * 28 * 35) / 60, totals.EventCharge, 12);
        Assert.Equal((-11.16m, -3.82m), (Math.Round(totals.NoPay, 2), Math.Round(totals.RetroactiveCharge, 2)));
    }

    [Fact]
    public void Each_short_hour_has_the_cause_that_was_behind_it()
    {
        ImmutableArray<ShortfallTrace> traces = Verify(new CaseStudyOptions()).Shortfalls;

        Assert.Equal(
            [
                (2, ShortfallCause.StateOfChargeLow), (11, ShortfallCause.AlreadyDelivering),
                (12, ShortfallCause.StateOfChargeLow), (19, ShortfallCause.StateOfChargeLow),
            ],
            traces.Select(trace => (trace.HourEnding, trace.ByCause[0].Cause)));
        Assert.All(traces, trace => Assert.All(trace.Worst, device => Assert.NotNull(device.Evidence)));
    }

    [Theory]
    [InlineData(false, false, new int[0])]
    [InlineData(true, false, new[] { 2, 21 })]
    [InlineData(false, true, new[] { 11, 12, 20 })]
    public void Without_a_disturbance_other_hours_are_short(bool activations, bool cloudFront, int[] shortHours) =>
        Assert.Equal(shortHours, Verify(new CaseStudyOptions { Activations = activations, CloudFront = cloudFront }).ShortHours);

    private static DayResult Verify(CaseStudyOptions options)
    {
        MarketDay day = CaseStudy.Create(options);
        Dictionary<ParticipantId, Address> accounts = day.Participants.Select((participant, index) => (participant.Id, index))
            .ToDictionary(pair => pair.Id, pair => AccountOf(pair.index));
        var rule = new MarketRule(accounts[day.SystemOperator]);
        Registry registry = Register(rule, day, accounts);
        return DayVerification.Run(Entries(rule, registry, day, accounts), registry, day.Day.Hours, day.Aggregation);
    }

    private static IEnumerable<LedgerEntry> Entries(
        MarketRule rule, Registry registry, MarketDay day, Dictionary<ParticipantId, Address> accounts)
    {
        ulong number = 0;
        foreach (ScenarioMessage message in day.Messages)
        {
            (Address sender, Address receiver) = (accounts[message.Sender], accounts[message.Receiver]);
            byte[] payload = RecordCodec.Encode(message.Record);
            Assert.Null(rule.Apply(registry, 0, sender, receiver, payload).Violation);
            Assert.True(RecordCodec.TryDecode(payload, out MarketRecord? record, out _));
            yield return new LedgerEntry(record, sender, receiver, new(number++, default, message.RecordedAtUnixSeconds, 0, default));
        }
    }

    private static Registry Register(MarketRule rule, MarketDay day, Dictionary<ParticipantId, Address> accounts)
    {
        Address iso = accounts[day.SystemOperator];
        var participants = new ParticipantRegistration(
        [
            .. day.Participants.Where(participant => participant.Role != ParticipantRole.SystemOperator)
                .Select(participant => new ParticipantRow(
                    accounts[participant.Id], participant.Id, participant.Role, participant.Aggregator is { } id ? accounts[id] : null))
                .OrderBy(row => row.Account),
        ]);
        var resources = new ResourceRegistration(
        [
            .. day.Resources.Select(resource => new ResourceRow(resource.Id, resource.Kind, accounts[resource.Owner], resource.NameplateW))
                .OrderBy(row => row.Resource),
        ]);
        TransactionRuleState state = rule.Apply(rule.InitialState, 0, iso, iso, RecordCodec.Encode(participants)).Next!;
        return (Registry)rule.Apply(state, 0, iso, iso, RecordCodec.Encode(resources)).Next!;
    }

    private static Address AccountOf(int index)
    {
        var bytes = new byte[Address.Length];
        (bytes[^2], bytes[^1]) = ((byte)((index + 1) >> 8), (byte)(index + 1));
        return Address.FromBytes(bytes);
    }
}

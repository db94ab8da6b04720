using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;

namespace DerChain.Market.Tests.Participants;

public sealed class MarketRuleTests
{
    private static readonly Address Iso = Samples.SystemOperator;
    private static readonly Address Aggregator = Samples.Aggregator;
    private static readonly Address Prosumer = Samples.Prosumer;
    private static readonly Address OtherAggregator = Samples.AddressOf(4);
    private static readonly Address OtherProsumer = Samples.AddressOf(5);
    private static readonly Address Auditor = Samples.AddressOf(6);
    private static readonly Address Stranger = Samples.AddressOf(9);
    private static readonly MarketRule Rule = new(Iso);

    public static TheoryData<string, string> Violations => new(Refusals.Select(refusal => (refusal.Name, refusal.Violation)));

    private static IEnumerable<(string Name, string Violation, Address Sender, Address Receiver, MarketRecord Record)> Refusals =>
    [
        ("an unregistered sender", $"Sender {Stranger} is not registered.", Stranger, Iso, Reading(new MeterReading(new("M"), 0))),
        ("an unregistered recipient", $"Recipient {Stranger} is not registered.", Prosumer, Stranger, Reading(new MeterReading(new("M"), 0))),
        ("a bid by a prosumer", "DayAheadBid is sent by the role Aggregator; R001 has the role Prosumer.", Prosumer, Iso,
            new DayAheadBid(Samples.Aggregation, [Samples.Bid])),
        ("a bid to an auditor", "DayAheadBid is sent to the role SystemOperator; AUDIT has the role Auditor.", Aggregator, Auditor,
            new DayAheadBid(Samples.Aggregation, [Samples.Bid])),
        ("an award by an aggregator", "DayAheadAward is sent by the role SystemOperator; AGG has the role Aggregator.", Aggregator, Aggregator,
            new DayAheadAward(Samples.Aggregation, [Samples.Award(3600)])),
        ("telemetry to another aggregator", "Prosumer R001 does not belong to aggregator AGG2.", Prosumer, OtherAggregator,
            Reading(new MeterReading(new("M"), 0))),
        ("control by another aggregator", "Prosumer R001 does not belong to aggregator AGG2.", OtherAggregator, Prosumer,
            Samples.Command(ControlReason.Scheduled, null, new BatterySetpoint(new("B"), 0, StorageMode.Idle))),
        ("an unknown device", "Resource X is not registered.", Prosumer, Aggregator, Reading(new MeterReading(new("X"), 0))),
        ("the device of a neighbour", "Resource B2 does not belong to prosumer R001.", Prosumer, Aggregator,
            Reading(Samples.Battery with { Resource = new("B2") })),
        ("a battery reported as meter", "Resource B is registered as Battery, not as Meter.", Prosumer, Aggregator,
            Reading(new MeterReading(new("B"), 0))),
        ("control of the device of a neighbour", "Resource B2 does not belong to prosumer R001.", Aggregator, Prosumer,
            Samples.Command(ControlReason.Scheduled, null, new BatterySetpoint(new("B2"), 0, StorageMode.Idle))),
        ("an account registered twice", $"Account {Prosumer} is already registered as R001.", Iso, Iso,
            new ParticipantRegistration([new(Prosumer, new("TWIN"), ParticipantRole.Auditor, null)])),
        ("a second system operator", $"Account {Stranger} cannot be a second system operator.", Iso, Iso,
            new ParticipantRegistration([new(Stranger, new("ISO2"), ParticipantRole.SystemOperator, null)])),
        ("a prosumer of nobody", $"Prosumer P names {Auditor}, which is not registered as an aggregator.", Iso, Iso,
            new ParticipantRegistration([new(Stranger, new("P"), ParticipantRole.Prosumer, Auditor)])),
        ("a resource registered twice", "Resource B is already registered.", Iso, Iso,
            new ResourceRegistration([new(new("B"), ResourceKind.Battery, Prosumer, 5_000)])),
        ("a resource of an aggregator", $"Resource X names owner {Aggregator}, which is not registered as a prosumer.", Iso, Iso,
            new ResourceRegistration([new(new("X"), ResourceKind.Battery, Aggregator, 5_000)])),
        ("a registration by an aggregator", "ParticipantRegistration is sent by the role SystemOperator; AGG has the role Aggregator.",
            Aggregator, Iso, new ParticipantRegistration([new(Stranger, new("P"), ParticipantRole.Auditor, null)])),
    ];

    [Theory]
    [MemberData(nameof(Violations))]
    public void What_the_consortium_forbids_is_refused_in_one_sentence(string name, string violation)
    {
        (_, _, Address sender, Address receiver, MarketRecord record) = Refusals.Single(refusal => refusal.Name == name);

        TransactionRuleResult result = Rule.Apply(Populated(), sender, receiver, RecordCodec.Encode(record));

        Assert.Equal(violation, result.Violation);
        Assert.Null(result.Next);
    }

    [Fact]
    public void Each_message_of_the_market_is_admitted_between_its_roles()
    {
        Registry registry = Populated();
        (Address From, Address To, MarketRecord Record)[] messages =
        [
            (Aggregator, Iso, new DayAheadBid(Samples.Aggregation, [Samples.Bid])),
            (Aggregator, Iso, new RealTimeBid(Samples.Aggregation, [Samples.Bid])),
            (Iso, Aggregator, new DayAheadAward(Samples.Aggregation, [Samples.Award(3600)])),
            (Iso, Aggregator, new FifteenMinuteAward(Samples.Aggregation, [Samples.Award(900)])),
            (Iso, Aggregator, new DispatchInstruction(Samples.Aggregation, [Samples.DispatchOf(1)])),
            (Iso, Aggregator, new ReserveActivation(Samples.Aggregation, new("SR"), Samples.Hour, 1)),
            (Aggregator, Prosumer, Samples.Command(ControlReason.Scheduled, null, new BatterySetpoint(new("B"), 0, StorageMode.Idle))),
            (Prosumer, Aggregator, Reading(new MeterReading(new("M"), 0), Samples.Battery with { Resource = new("B") })),
        ];

        Assert.All(messages, message =>
            Assert.Same(registry, Rule.Apply(registry, message.From, message.To, RecordCodec.Encode(message.Record)).Next));
    }

    [Fact]
    public void A_transfer_of_value_is_between_participants()
    {
        Assert.NotNull(Rule.Apply(Populated(), Prosumer, Auditor, []).Next);
        Assert.NotNull(Rule.Apply(Populated(), Prosumer, Stranger, []).Violation);
    }

    [Fact]
    public void A_payload_that_is_no_record_is_refused_with_the_error_of_the_codec()
    {
        TransactionRuleResult result = Rule.Apply(Populated(), Prosumer, Aggregator, new byte[32]);

        Assert.Equal("The payload is not a record (MagicMissing): The payload does not begin with the bytes DERC.", result.Violation);
    }

    [Fact]
    public void At_first_only_the_system_operator_is_there()
    {
        var registry = (Registry)Rule.InitialState;

        Assert.Equal(ParticipantRole.SystemOperator, registry.RoleOf(Iso));
        Assert.Equal((1, 0), (registry.ParticipantCount, registry.ResourceCount));
    }

    [Fact]
    public void The_registry_answers_who_belongs_to_whom()
    {
        Registry registry = Populated();

        Assert.Equal(Aggregator, registry.AggregatorOf(Prosumer));
        Assert.Null(registry.AggregatorOf(Iso));
        Assert.Equal(["R001"], registry.ProsumersOf(Aggregator).Select(row => row.Participant.Value));
        Assert.Equal(["B", "M"], registry.ResourcesOf(Prosumer).Select(row => row.Resource.Value));
        Assert.Equal("AUDIT", registry.NameOf(Auditor)?.Value);
        Assert.Null(registry.NameOf(Stranger));
        Assert.Null(registry.RoleOf(Stranger));
        Assert.False(registry.TryGetResource(default, out _));
    }

    [Fact]
    public void A_registry_has_one_encoding_whatever_the_order_of_registrations()
    {
        Registry registry = Populated();
        byte[] bytes = registry.Encode();

        TransactionRuleState decoded = Rule.DecodeState(bytes);

        Assert.Equal(bytes, decoded.Encode());
        Assert.Equal(bytes, Populated(reversed: true).Encode());
    }

    [Fact]
    public void Bytes_that_are_no_registry_are_a_format_error()
    {
        byte[] bytes = Populated().Encode();

        Assert.Throws<FormatException>(() => Rule.DecodeState([]));
        Assert.Throws<FormatException>(() => Rule.DecodeState([.. bytes, 0]));
        Assert.Throws<FormatException>(() => Rule.DecodeState(bytes.AsSpan(0, bytes.Length - 1)));
    }

    [Fact]
    public void The_identity_names_the_system_operator() =>
        Assert.Equal("DerChain.Market 1, record format 1, system operator 0x0000000000000000000000000000000000000001", Rule.Identity);

    private static Telemetry Reading(params TelemetryRow[] rows) => Samples.Telemetry(rows);

    private static Registry Populated(bool reversed = false)
    {
        MarketRecord[] participants =
        [
            new ParticipantRegistration(
            [
                new(Aggregator, new("AGG"), ParticipantRole.Aggregator, null),
                new(Prosumer, new("R001"), ParticipantRole.Prosumer, Aggregator),
            ]),
            new ParticipantRegistration(
            [
                new(OtherAggregator, new("AGG2"), ParticipantRole.Aggregator, null),
                new(OtherProsumer, new("R002"), ParticipantRole.Prosumer, OtherAggregator),
                new(Auditor, new("AUDIT"), ParticipantRole.Auditor, null),
            ]),
        ];
        MarketRecord[] resources =
        [
            new ResourceRegistration(
            [
                new(new("B"), ResourceKind.Battery, Prosumer, 5_000),
                new(new("M"), ResourceKind.Meter, Prosumer, 0),
            ]),
            new ResourceRegistration([new(new("B2"), ResourceKind.Battery, OtherProsumer, 5_000)]),
        ];
        if (reversed)
        {
            Array.Reverse(participants);
            Array.Reverse(resources);
        }
        TransactionRuleState state = Rule.InitialState;
        foreach (MarketRecord record in participants.Concat(resources))
            state = Rule.Apply(state, Iso, Iso, RecordCodec.Encode(record)).Next!;
        return (Registry)state;
    }
}

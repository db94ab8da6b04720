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
        ("telemetry to another aggregator", "Prosumer R001 does not belong to aggregator AGG2 at 1626375600.", Prosumer, OtherAggregator,
            Reading(new MeterReading(new("M"), 0))),
        ("control by another aggregator", "Prosumer R001 does not belong to aggregator AGG2 at 1626375600.", OtherAggregator, Prosumer,
            Samples.Command(ControlReason.Scheduled, null, new BatterySetpoint(new("B"), 0, StorageMode.Idle))),
        ("an unknown device", "Resource X is not registered.", Prosumer, Aggregator, Reading(new MeterReading(new("X"), 0))),
        ("the device of a neighbour", "Resource B2 does not belong to prosumer R001.", Prosumer, Aggregator,
            Reading(Samples.Battery with { Resource = new("B2") })),
        ("a battery reported as meter", "Resource B is registered as Battery, not as Meter.", Prosumer, Aggregator,
            Reading(new MeterReading(new("B"), 0))),
        ("control of the device of a neighbour", "Resource B2 does not belong to prosumer R001.", Aggregator, Prosumer,
            Samples.Command(ControlReason.Scheduled, null, new BatterySetpoint(new("B2"), 0, StorageMode.Idle))),
        ("an account registered twice", $"Account {Prosumer} is already registered as Prosumer R001.", Iso, Iso,
            new ParticipantRegistration([new(Prosumer, new("TWIN"), ParticipantRole.Auditor, null)])),
        ("a second system operator", $"Account {Stranger} cannot be a second system operator.", Iso, Iso,
            new ParticipantRegistration([new(Stranger, new("ISO2"), ParticipantRole.SystemOperator, null)])),
        ("a prosumer of nobody", $"Prosumer P names {Auditor}, which is not registered as an aggregator.", Iso, Iso,
            new ParticipantRegistration([new(Stranger, new("P"), ParticipantRole.Prosumer, Auditor)])),
        ("a resource registered twice", "Resource B is already registered: its next version is 2, not 1.", Iso, Iso,
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

        TransactionRuleResult result = Rule.Apply(Populated(), 0, sender, receiver, RecordCodec.Encode(record));

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
            Assert.Same(registry, Rule.Apply(registry, 0, message.From, message.To, RecordCodec.Encode(message.Record)).Next));
    }

    [Fact]
    public void A_row_holds_from_its_effective_time_until_the_next()
    {
        var registry = (Registry)Rule.Apply(Populated(), 0, Iso, Iso, RecordCodec.Encode(new ParticipantRegistration(
        [
            new(Prosumer, new("R001"), ParticipantRole.Prosumer, OtherAggregator, 1_000),
            new(Prosumer, new("R001"), ParticipantRole.Prosumer, null, 2_000),
            new(Prosumer, new("R001"), ParticipantRole.Prosumer, Aggregator, 3_000, IsRevoked: true),
        ]))).Next!;

        Assert.Equal(
            [Aggregator, OtherAggregator, OtherAggregator, null, null],
            new long[] { 999, 1_000, 1_999, 2_000, 3_000 }.Select(at => registry.AggregatorAt(Prosumer, at)));
        Assert.NotNull(registry.ParticipantAt(Prosumer, 2_999));
        Assert.Null(registry.ParticipantAt(Prosumer, 3_000));
        Assert.Equal($"Sender {Prosumer} is not registered at 3000, or revoked.", Rule.Apply(registry, 3_000, Prosumer, Auditor, []).Violation);
        Assert.Null(Rule.Apply(registry, 2_999, Prosumer, Auditor, []).Violation);
        Assert.Equal("R001", registry.NameOf(Prosumer)?.Value);
    }

    [Fact]
    public void A_change_does_not_reach_back()
    {
        TransactionRuleResult Change(long effectiveFrom) => Rule.Apply(Populated(), 500, Iso, Iso, RecordCodec.Encode(
            new ParticipantRegistration([new(Prosumer, new("R001"), ParticipantRole.Prosumer, null, effectiveFrom, IsRevoked: true)])));

        Assert.Equal($"The change of {Prosumer} takes effect at 499, before the block of 500.", Change(499).Violation);
        Assert.Null(Change(500).Violation);
        Assert.Equal($"The change of {Prosumer} takes effect at 0, not after the one before it at 0.", Change(0).Violation);
    }

    [Fact]
    public void A_revoked_device_reports_nothing_from_then_on()
    {
        var registry = (Registry)Rule.Apply(Populated(), 0, Iso, Iso, RecordCodec.Encode(
            new ResourceRegistration([new(new("B"), ResourceKind.Battery, Prosumer, 5_000, 2, Samples.Noon + 300, IsRevoked: true)]))).Next!;
        var later = new Telemetry(new(Samples.Noon + 300, 300), 0, 0, TelemetryQuality.Good, [Samples.Battery with { Resource = new("B") }]);

        Assert.Null(Rule.Apply(registry, 0, Prosumer, Aggregator, RecordCodec.Encode(Reading(Samples.Battery with { Resource = new("B") }))).Violation);
        Assert.Equal("Resource B is not registered at 1626375900, or revoked.", Rule.Apply(registry, 0, Prosumer, Aggregator, RecordCodec.Encode(later)).Violation);
    }

    [Fact]
    public void A_device_with_a_key_reports_for_its_prosumer()
    {
        Address device = Samples.AddressOf(7);
        var registry = (Registry)Rule.Apply(Populated(), 0, Iso, Iso, RecordCodec.Encode(
            new ParticipantRegistration([new(device, new("B-KEY"), ParticipantRole.Device, Prosumer)]))).Next!;

        Assert.Null(Rule.Apply(registry, 0, device, Aggregator, RecordCodec.Encode(Reading(Samples.Battery with { Resource = new("B") }))).Violation);
        Assert.Equal(
            "Resource B2 does not belong to prosumer R001.",
            Rule.Apply(registry, 0, device, Aggregator, RecordCodec.Encode(Reading(Samples.Battery with { Resource = new("B2") }))).Violation);
        Assert.Equal(
            $"Device X names {Aggregator}, which is not registered as a prosumer.",
            Rule.Apply(registry, 0, Iso, Iso, RecordCodec.Encode(
                new ParticipantRegistration([new(Stranger, new("X"), ParticipantRole.Device, Aggregator)]))).Violation);
    }

    [Fact]
    public void A_compact_reading_needs_the_version_it_names()
    {
        Registry registry = Populated();
        Telemetry compact = Reading(new CompactBatteryReading(new("B"), 2, 600_000, 0, StorageMode.Idle));
        Assert.Equal("Resource B has no version 2 with the parameters of its kind.", Rule.Apply(registry, 0, Prosumer, Aggregator, RecordCodec.Encode(compact)).Violation);

        registry = (Registry)Rule.Apply(registry, 0, Iso, Iso, RecordCodec.Encode(new ResourceRegistration(
            [new(new("B"), ResourceKind.Battery, Prosumer, 5_000, 2, 1, false, new BatteryParameters(13_500, 950_000, 100_000, 950_000, 5_000, 5_000))]))).Next!;
        Assert.Null(Rule.Apply(registry, 0, Prosumer, Aggregator, RecordCodec.Encode(compact)).Violation);
        Assert.True(registry.TryResolve(compact.Rows[0], out TelemetryRow? full));
        Assert.Equal(new BatteryReading(new("B"), 13_500, 950_000, 100_000, 950_000, 5_000, 5_000, 600_000, 0, StorageMode.Idle), full);
    }

    [Fact]
    public void A_record_that_carries_another_goes_where_that_one_goes()
    {
        Registry registry = Populated();
        var bid = new DayAheadBid(Samples.Aggregation, [Samples.Bid]);
        MarketRecord[] carriers =
        [
            new Correction(default, 1, CorrectionReason.Revision, bid),
            new RecordCommitment(RecordKind.DayAheadBid, default, 1),
            new SealedRecord(RecordKind.DayAheadBid, new byte[33], [new(Iso, new byte[48])], new byte[12], new byte[16]),
        ];

        Assert.All(carriers, carrier =>
        {
            Assert.Null(Rule.Apply(registry, 0, Aggregator, Iso, RecordCodec.Encode(carrier)).Violation);
            Assert.Equal(
                "DayAheadBid is sent by the role Aggregator; R001 has the role Prosumer.",
                Rule.Apply(registry, 0, Prosumer, Iso, RecordCodec.Encode(carrier)).Violation);
        });
        Assert.Equal(
            "Resource X is not registered.",
            Rule.Apply(registry, 0, Prosumer, Aggregator, RecordCodec.Encode(
                new Correction(default, 1, CorrectionReason.MeasurementFault, Reading(new MeterReading(new("X"), 0))))).Violation);
    }

    [Fact]
    public void A_transfer_of_value_is_between_participants()
    {
        Assert.NotNull(Rule.Apply(Populated(), 0, Prosumer, Auditor, []).Next);
        Assert.NotNull(Rule.Apply(Populated(), 0, Prosumer, Stranger, []).Violation);
    }

    [Fact]
    public void A_payload_that_is_no_record_is_refused_with_the_error_of_the_codec()
    {
        TransactionRuleResult result = Rule.Apply(Populated(), 0, Prosumer, Aggregator, new byte[32]);

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

        Assert.Equal(Aggregator, registry.AggregatorAt(Prosumer, 0));
        Assert.Null(registry.AggregatorAt(Iso, 0));
        Assert.Equal(["R001"], registry.ProsumersAt(Aggregator, 0).Select(row => row.Participant.Value));
        Assert.Equal(["B", "M"], registry.ResourcesAt(Prosumer, 0).Select(row => row.Resource.Value));
        Assert.Equal("AUDIT", registry.NameOf(Auditor)?.Value);
        Assert.Null(registry.NameOf(Stranger));
        Assert.Null(registry.RoleOf(Stranger));
        Assert.Null(registry.ResourceAt(default, 0));
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
        Assert.Equal("DerChain.Market 2, record format 1, system operator 0x0000000000000000000000000000000000000001", Rule.Identity);

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
            state = Rule.Apply(state, 0, Iso, Iso, RecordCodec.Encode(record)).Next!;
        return (Registry)state;
    }
}

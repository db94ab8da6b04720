using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>Where a message stands in the day, and which rows belong to it: those of the same key.</summary>
internal readonly record struct MessageKey(long RecordedAt, int Rank, int Sender, int Receiver, ulong Number, string Name)
    : IComparable<MessageKey>
{
    public int CompareTo(MessageKey other)
    {
        int order = RecordedAt.CompareTo(other.RecordedAt);
        if (order == 0) order = Rank.CompareTo(other.Rank);
        if (order == 0) order = Sender.CompareTo(other.Sender);
        if (order == 0) order = Receiver.CompareTo(other.Receiver);
        if (order == 0) order = Number.CompareTo(other.Number);
        return order == 0 ? string.CompareOrdinal(Name, other.Name) : order;
    }
}

/// <summary>The order of a day's messages: by instant; at one instant telemetry, bids, awards, dispatch, scheduled commands, the call for
/// reserve and the commands that follow from it; within these by participant, in fleet order.</summary>
/// <remarks>Source: docs/record-files.md, "Order". It is the order of the generated days, so that files need no sequence number.</remarks>
internal sealed class MessageOrder(IEnumerable<ScenarioParticipant> participants)
{
    private readonly Dictionary<ParticipantId, int> _places =
        Ordered(participants).Select(static (participant, place) => (participant.Id, place)).ToDictionary();

    /// <summary>System operator, aggregators, prosumers, auditors; of one role in the order given.</summary>
    public static IEnumerable<ScenarioParticipant> Ordered(IEnumerable<ScenarioParticipant> participants) =>
        participants.OrderBy(static participant => participant.Role);

    /// <summary>True where the participant is one of the day's.</summary>
    public bool Knows(ParticipantId participant) => _places.ContainsKey(participant);

    /// <exception cref="KeyNotFoundException">Sender or receiver is not a participant.</exception>
    public MessageKey KeyOf(MessageHead head)
    {
        Sending sent = head.Sent;
        (ulong number, string name) = head.Distinction;
        return new MessageKey(sent.RecordedAtUnixSeconds, head.Rank, _places[sent.Sender], _places[sent.Receiver], number, name);
    }

    /// <summary>Order of two rows of one message; 0 where they are about the same.</summary>
    public static int CompareRows(object left, object right) => (left, right) switch
    {
        (BidBlock a, BidBlock b) => ByStart(a.Interval, b.Interval) is not 0 and var order ? order : a.Block.CompareTo(b.Block),
        (AwardRow a, AwardRow b) => ByStart(a.Interval, b.Interval),
        (DispatchRow a, DispatchRow b) => ByStart(a.Interval, b.Interval),
        (ControlRow a, ControlRow b) => ByDevice(a.ResourceKind, a.Resource, b.ResourceKind, b.Resource),
        (TelemetryRow a, TelemetryRow b) => ByDevice(a.ResourceKind, a.Resource, b.ResourceKind, b.Resource),
        _ => 0,
    };

    private static int ByStart(MarketInterval left, MarketInterval right) => left.StartUnixSeconds.CompareTo(right.StartUnixSeconds);

    private static int ByDevice(ResourceKind leftKind, ResourceId left, ResourceKind rightKind, ResourceId right)
    {
        int byKind = ((byte)leftKind).CompareTo((byte)rightKind);
        return byKind != 0 ? byKind : left.CompareTo(right);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DerChain.Testing.Simulation;

/// <summary>A consortium and the faults it is put through. Everything random is drawn from the seed of the run.</summary>
/// <remarks>Without a fault the defaults are four validators on a quiet network. Times are milliseconds unless the name says seconds.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed record SimulationOptions
{
    /// <summary>Authorities of the genesis, 1 to 100. Default: 4.</summary>
    public int Validators { get; init; } = 4;

    /// <summary>Nodes that follow the chain without being authorities, and may be voted in. Default: 0.</summary>
    public int Followers { get; init; }

    /// <summary>Clique's period. Default: 1 s.</summary>
    public ulong PeriodSeconds { get; init; } = 1;

    /// <summary>Clique's epoch in blocks; at least 1. Default: 30,000.</summary>
    public ulong EpochLength { get; init; } = 30_000;

    /// <summary>Wait of a validator out of turn for each signer nearer to its turn; at least 1. Default: 500.</summary>
    public ulong SlotMilliseconds { get; init; } = 500;

    /// <summary>How often a validator says how far its chain goes; at least 1. Default: 2,000.</summary>
    public ulong AnnouncementMilliseconds { get; init; } = 2_000;

    /// <summary>How long a validator waits for an answer; at least 1. Default: 5,000.</summary>
    public ulong RequestTimeoutMilliseconds { get; init; } = 5_000;

    /// <summary>How long two nodes stay apart after one has ended their connection; at least 1. Default: 1,000.</summary>
    public ulong ReconnectionMilliseconds { get; init; } = 1_000;

    /// <summary>Shortest time a message takes. Default: 5.</summary>
    public ulong DelayMinMilliseconds { get; init; } = 5;

    /// <summary>Time a message takes as a rule; at least the shortest. Default: 20.</summary>
    public ulong DelayMeanMilliseconds { get; init; } = 20;

    /// <summary>Longest time a message takes, which one of 32 is drawn up to; at least the mean. Default: 60.</summary>
    public ulong DelayMaxMilliseconds { get; init; } = 60;

    /// <summary>Messages of a thousand that are lost. Default: 0.</summary>
    public int LossPerMille { get; init; }

    /// <summary>Messages of a thousand that arrive twice. Default: 0.</summary>
    public int DuplicationPerMille { get; init; }

    /// <summary>True where a message may overtake another on the same connection. Default: false.</summary>
    public bool Reorders { get; init; }

    /// <summary>Partitions; null for none.</summary>
    public PartitionOptions? Partitions { get; init; }

    /// <summary>Crashes; null for none.</summary>
    public CrashOptions? Crashes { get; init; }

    /// <summary>Clocks that are wrong, by index of the validator; a null entry and an index beyond the list have none.</summary>
    public ImmutableArray<ClockSkew?> ClockSkews { get; init; } = [];

    /// <summary>Validators that break rules.</summary>
    public ImmutableArray<ByzantineValidator> Byzantine { get; init; } = [];

    /// <summary>Mean time between two transactions of users, each at a node of its own; 0 for none. Default: 2,000.</summary>
    public ulong TransactionIntervalMilliseconds { get; init; } = 2_000;

    /// <summary>Mean time between two campaigns of the operators to admit or drop a validator; 0 for none. Default: 0.</summary>
    public ulong VotingIntervalMilliseconds { get; init; }

    /// <summary>How long an operator thinks before it decides a finality conflict, on average. Default: 5,000.</summary>
    public ulong OperatorMilliseconds { get; init; } = 5_000;

    /// <summary>Number that the head of every node reaches before a run ends; at least 4. Default: 300.</summary>
    public ulong Blocks { get; init; } = 300;

    /// <summary>Block at which faults heal. Default: 225.</summary>
    public ulong HealAtBlock { get; init; } = 225;

    /// <summary>When faults heal where the chain has not reached <see cref="HealAtBlock"/>, from the start. Default: half an hour.</summary>
    public ulong HealAfterMilliseconds { get; init; } = 1_800_000;

    /// <summary>True where finality must hold: each block reaches every honest validator within one slot, and fewer than half of the validators are faulty.</summary>
    /// <remarks>
    /// <para>Exactly: nothing is lost, cut off or crashed; no Byzantine validator equivocates or withholds blocks (what it forges besides travels on
    /// connections of its own); the Byzantine are fewer than half; and five times the longest delay, plus the widest difference between two clocks, is
    /// less than the slot. Five, because a block that overtakes its parent is fetched again: two requests, two answers, and its own way before.</para>
    /// <para>Where it is false a run may see finality conflicts. They are counted, and the simulated operator decides them.</para>
    /// </remarks>
    public bool KeepsFinalityAssumption =>
        LossPerMille == 0 && Partitions is null && Crashes is null
        && Byzantine.All(static validator => (validator.Behaviours & (ByzantineBehaviour.Equivocation | ByzantineBehaviour.Withholding)) == 0)
        && 2 * Byzantine.Length < Validators
        && 5 * DelayMaxMilliseconds + ClockSpread < SlotMilliseconds;

    /// <summary>True where nothing keeps validators from their turns: the finality assumption holds, nobody is Byzantine, nobody is voted in or out.</summary>
    public bool KeepsTurns => KeepsFinalityAssumption && Byzantine.IsEmpty && VotingIntervalMilliseconds == 0;

    /// <summary>One rotation: N × (the period + floor(N / 2) + 1 slots), the time in which every validator has its turn although each block comes as late as
    /// the signer limit lets it.</summary>
    public ulong RotationMilliseconds =>
        (ulong)(Validators + Followers) * (PeriodSeconds * 1000 + (ulong)((Validators + Followers) / 2 + 1) * SlotMilliseconds);

    /// <summary>After faults have healed: how long until every validator has heard of every other's head. One reconnection, one announcement that was due, one request that was lost.</summary>
    public ulong SettlingMilliseconds => ReconnectionMilliseconds + AnnouncementMilliseconds + RequestTimeoutMilliseconds + SlotMilliseconds;

    private ulong ClockSpread
    {
        get
        {
            IEnumerable<long> offsets = ClockSkews.Select(static skew => skew?.OffsetMilliseconds ?? 0).Append(0);
            return (ulong)(offsets.Max() - offsets.Min());
        }
    }

    /// <summary>Draws a whole configuration: each fault is on or off, so that some runs have many and some have few.</summary>
    /// <param name="seed">The seed. The same gives the same options in every version that draws the same things.</param>
    public static SimulationOptions FromSeed(ulong seed) => OptionsDraw.From(seed);

    /// <summary>What differs from the defaults, in one line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Validators} validators, {Followers} followers, period {PeriodSeconds} s, epoch {EpochLength}, slot {SlotMilliseconds} ms, ");
        text.Append(CultureInfo.InvariantCulture, $"announcements {AnnouncementMilliseconds} ms, timeout {RequestTimeoutMilliseconds} ms, reconnection {ReconnectionMilliseconds} ms, ");
        text.Append(CultureInfo.InvariantCulture, $"delay {DelayMinMilliseconds}/{DelayMeanMilliseconds}/{DelayMaxMilliseconds} ms, loss {LossPerMille} ‰, duplication {DuplicationPerMille} ‰, ");
        text.Append(CultureInfo.InvariantCulture, $"reorders {Reorders}, transactions {TransactionIntervalMilliseconds} ms, voting {VotingIntervalMilliseconds} ms, ");
        text.Append(CultureInfo.InvariantCulture, $"operator {OperatorMilliseconds} ms, blocks {Blocks}, heal at block {HealAtBlock} or after {HealAfterMilliseconds} ms, ");
        text.Append(CultureInfo.InvariantCulture, $"{Partitions?.ToString() ?? "no partitions"}, {Crashes?.ToString() ?? "no crashes"}, ");
        text.Append(CultureInfo.InvariantCulture, $"clocks [{string.Join("; ", ClockSkews.Select(static skew => skew?.ToString() ?? "right"))}], ");
        text.Append(CultureInfo.InvariantCulture, $"Byzantine [{string.Join("; ", Byzantine)}]; finality assumption {(KeepsFinalityAssumption ? "kept" : "not kept")}");
        return text.ToString();
    }

    /// <summary>Throws where a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Validators, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Validators, 100);
        ArgumentOutOfRangeException.ThrowIfNegative(Followers);
        ArgumentOutOfRangeException.ThrowIfZero(EpochLength);
        ArgumentOutOfRangeException.ThrowIfZero(SlotMilliseconds);
        ArgumentOutOfRangeException.ThrowIfZero(AnnouncementMilliseconds);
        ArgumentOutOfRangeException.ThrowIfZero(RequestTimeoutMilliseconds);
        ArgumentOutOfRangeException.ThrowIfZero(ReconnectionMilliseconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(DelayMeanMilliseconds, DelayMinMilliseconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(DelayMaxMilliseconds, DelayMeanMilliseconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(Blocks, 4UL);
        foreach (ByzantineValidator validator in Byzantine)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validator.Index, Validators);
    }
}

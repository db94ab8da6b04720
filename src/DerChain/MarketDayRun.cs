using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Quantities;
using DerChain.Market.Scenario;
using DerChain.Settlement;

namespace DerChain;

/// <summary>How far the recording of a market day has come.</summary>
/// <param name="Blocks">Height of the chain.</param>
/// <param name="Transactions">Transactions on the chain.</param>
/// <param name="Records">Rows of records in them.</param>
/// <param name="RecordedAtUnixSeconds">Market time that has been reached.</param>
/// <param name="Fraction">Part of the market time that has passed, 0 to 1.</param>
public sealed record MarketDayProgress(ulong Blocks, long Transactions, long Records, long RecordedAtUnixSeconds, double Fraction);

/// <summary>Puts a market day on the chain of a consortium: registers everyone, then signs, submits and seals every record at its time.</summary>
/// <remarks>A day that was interrupted goes on where its chain ends and gives the same chain. What is on the chain is compared with the day first.</remarks>
/// <threadsafety>Single owner.</threadsafety>
public sealed class MarketDayRun : IDisposable
{
    internal static readonly TimeOnly RegistrationTime = new(8, 0);

    // So that the processors have work while a step waits for the disk.
    private const int StepsAhead = 4;

    private readonly MarketDay _day;
    private readonly MarketDayOptions _options;
    private readonly ImmutableDictionary<ParticipantId, PrivateKey> _keys;
    private readonly ImmutableArray<PrivateKey> _authorities;
    private readonly Dictionary<Address, ulong> _nonces = [];
    private readonly RecordedTransactions _recorded;
    private long _transactions;
    private long _records;

    private MarketDayRun(
        MarketDay day,
        MarketDayOptions options,
        ImmutableDictionary<ParticipantId, PrivateKey> keys,
        ImmutableArray<PrivateKey> authorities,
        Consortium consortium)
    {
        _day = day;
        _options = options;
        _keys = keys;
        _authorities = authorities;
        Consortium = consortium;
        _recorded = new RecordedTransactions(consortium.Chain);
    }

    /// <summary>The consortium whose chain holds the day.</summary>
    public Consortium Consortium { get; }

    /// <summary>Account of the aggregator.</summary>
    public Address Aggregator => AccountOf(_day.Aggregator);

    /// <summary>True where the chain held transactions before this run.</summary>
    public bool IsResumed { get; private init; }

    /// <summary>Opens the consortium of a day: the keys of its participants and validators, and the validators' stores.</summary>
    /// <exception cref="StoreException">A store cannot be opened, is damaged, or holds another chain.</exception>
    public static MarketDayRun Open(MarketDay day, MarketDayOptions options)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(options);
        ImmutableDictionary<ParticipantId, PrivateKey> keys = day.Participants.ToImmutableDictionary(
            static participant => participant.Id, participant => ScenarioKeys.Derive(options.Seed, participant.Id.Value));
        ImmutableArray<PrivateKey> authorities =
            [.. Enumerable.Range(1, options.Validators).Select(number => ScenarioKeys.Derive(options.Seed, $"VALIDATOR{number}"))];
        Consortium consortium = Consortium.Open(new ConsortiumOptions
        {
            ChainId = options.ChainId,
            GenesisUnixSeconds = (ulong)day.Day.InstantAt(day.Day.Date.AddDays(-1), TimeOnly.MinValue),
            Authorities = authorities,
            SystemOperator = keys[day.SystemOperator].Address,
            FundedAccounts = [.. keys.Values.Select(static key => key.Address)],
            OpenStore = options.OpenStore,
            Threads = options.Threads,
        });
        return new MarketDayRun(day, options, keys, authorities, consortium) { IsResumed = consortium.Chain.Head.Header.Number > 0 };
    }

    /// <summary>Records the day, or the rest of it.</summary>
    /// <param name="progress">Told after each sealed step; may be null.</param>
    /// <param name="cancellation">Stops between two steps; the stores are then complete up to a block.</param>
    /// <exception cref="OperationCanceledException">The recording was stopped.</exception>
    /// <exception cref="DayConflictException">The chain holds another day than this one.</exception>
    /// <exception cref="StoreException">A store could not be written.</exception>
    public void Record(IProgress<MarketDayProgress>? progress, CancellationToken cancellation)
    {
        IEnumerable<SignedStep> signed = Steps().Select(Sign);
        foreach (SignedStep step in _options.Threads == 1 ? signed : ReadAhead.Of(signed, StepsAhead))
        {
            cancellation.ThrowIfCancellationRequested();
            Seal(step);
            progress?.Report(ProgressAfter(step));
        }

        _recorded.RequireEnd();
    }

    /// <summary>Puts on the chain what follows from the day and is not there yet: attestation, statement, allocations and acknowledgements, each signed by
    /// its participant.</summary>
    /// <param name="options">Parameters; null for the defaults.</param>
    /// <param name="cancellation">Stops between two steps; a later call goes on there.</param>
    /// <returns>The day as settled; its statement is on the chain.</returns>
    /// <exception cref="OperationCanceledException">The settlement was stopped.</exception>
    /// <exception cref="StoreException">A store could not be read or written.</exception>
    public SettledDay Settle(SettledDayOptions? options, CancellationToken cancellation) =>
        new SettlementRun(_day, Consortium, _keys).Settle(options, cancellation);

    /// <summary>Closes the stores and zeroes the keys.</summary>
    public void Dispose()
    {
        Consortium.Dispose();
        foreach (PrivateKey key in _keys.Values.Concat(_authorities))
            key.Dispose();
    }

    // Messages of one instant: they are submitted together and sealed before the next.
    private IEnumerable<IReadOnlyList<ScenarioMessage>> Steps()
    {
        var step = new List<ScenarioMessage>();
        foreach (ScenarioMessage message in Registrations().Concat(_day.Messages))
        {
            if (step.Count > 0 && step[0].RecordedAtUnixSeconds != message.RecordedAtUnixSeconds)
            {
                yield return step;
                step = [];
            }

            step.Add(message);
        }

        if (step.Count > 0)
            yield return step;
    }

    private IEnumerable<ScenarioMessage> Registrations()
    {
        long at = _day.Day.InstantAt(_day.Day.Date.AddDays(-1), RegistrationTime);
        return DayRegistrations.Of(_day, AccountOf)
            .Select((record, index) => new ScenarioMessage(at + index, _day.SystemOperator, _day.SystemOperator, record));
    }

    // Signs what is not on the chain yet. Nonces follow from the order of the messages alone, so the next steps are signed while one is sealed.
    private SignedStep Sign(IReadOnlyList<ScenarioMessage> messages)
    {
        var payloads = new byte[messages.Count][];
        InParallel(messages.Count, index => payloads[index] = RecordCodec.Encode(messages[index].Record));
        var missing = new List<(ScenarioMessage Message, byte[] Payload, ulong Nonce)>(messages.Count);
        for (int index = 0; index < messages.Count; index++)
        {
            ScenarioMessage message = messages[index];
            ulong nonce = TakeNonce(AccountOf(message.Sender));
            _transactions++;
            _records += message.Record.RowCount;
            if (!_recorded.IsNext(AccountOf(message.Sender), AccountOf(message.Receiver), payloads[index]))
                missing.Add((message, payloads[index], nonce));
        }

        var encoded = new ReadOnlyMemory<byte>[missing.Count];
        InParallel(missing.Count, index =>
        {
            (ScenarioMessage message, byte[] payload, ulong nonce) = missing[index];
            encoded[index] = Consortium.Signer.SignPayload(payload, AccountOf(message.Receiver), nonce, _keys[message.Sender]).Encoded;
        });
        return new SignedStep(
            messages[0].RecordedAtUnixSeconds, [.. missing.Select(static item => item.Message)], encoded, _transactions, _records);
    }

    private void Seal(SignedStep step)
    {
        if (step.Encoded.Length == 0)
            return;

        ulong now = (ulong)step.RecordedAtUnixSeconds;
        ImmutableArray<ValidationResult> verdicts = Consortium.Network.Submit(step.Encoded, now * 1000);
        for (int index = 0; index < verdicts.Length; index++)
        {
            ScenarioMessage message = step.Messages[index];
            if (!verdicts[index].IsValid)
                throw new InvalidOperationException($"{message.Record.Kind} of {message.Sender} is refused: {verdicts[index]}.");
        }

        ImmutableArray<Block> blocks = Consortium.Seal(now);
        if (blocks.Sum(static block => block.Transactions.Length) != step.Encoded.Length)
            throw new InvalidOperationException($"{step.Encoded.Length} transactions were submitted and not all were sealed.");
    }

    private MarketDayProgress ProgressAfter(SignedStep step)
    {
        long start = _day.Day.StartUnixSeconds;
        double fraction = Math.Clamp((double)(step.RecordedAtUnixSeconds - start) / (_day.Day.EndUnixSeconds - start), 0, 1);
        return new MarketDayProgress(
            Consortium.Chain.Head.Header.Number, step.TransactionsSoFar, step.RecordsSoFar, step.RecordedAtUnixSeconds, fraction);
    }

    private ulong TakeNonce(Address account)
    {
        ulong nonce = _nonces.GetValueOrDefault(account);
        _nonces[account] = nonce + 1;
        return nonce;
    }

    private Address AccountOf(ParticipantId participant) => _keys[participant].Address;

    private void InParallel(int count, Action<int> work) => Parallel.For(0, count, Parallelism(), work);

    private ParallelOptions Parallelism() => new() { MaxDegreeOfParallelism = _options.Threads };

    // Messages of one instant that are not on the chain yet, signed, and how far the day has come with them.
    private sealed record SignedStep(
        long RecordedAtUnixSeconds,
        ImmutableArray<ScenarioMessage> Messages,
        ReadOnlyMemory<byte>[] Encoded,
        long TransactionsSoFar,
        long RecordsSoFar);
}

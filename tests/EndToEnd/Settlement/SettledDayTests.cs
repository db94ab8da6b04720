using System.Collections.Immutable;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.EndToEnd.Tests.MarketDays;
using DerChain.Market.Evidence;
using DerChain.Market.Ledger;
using DerChain.Market.Live;
using DerChain.Market.Records;
using DerChain.Market.Scenario;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;
using DerChain.Settlement;

namespace DerChain.EndToEnd.Tests.Settlement;

/// <summary>A small day from its records to statement, allocations and acknowledgements on the chain, and back to what they rest on.</summary>
public sealed class SettledDayTests : IDisposable
{
    private const int Prosumers = 6;

    private static readonly MarketDay Day = SmallDay.Create(Prosumers);

    private readonly MarketDayRun _run = SmallDay.Record(Day, validators: 2, threads: 2, static _ => new MemoryStore());

    public void Dispose() => _run.Dispose();

    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MarketLedger Ledger => _run.Consortium.Ledger;

    [Fact]
    public void A_settlement_puts_the_papers_monetary_transactions_on_the_chain_once()
    {
        SettledDay settled = _run.Settle(null, Cancellation);
        ulong height = _run.Consortium.Chain.Head.Header.Number;
        ILookup<RecordKind, LedgerEntry> records = Ledger.Read().ToLookup(static entry => entry.Record.Kind);

        Assert.NotNull(settled.Issued);
        Assert.Empty(StatementCheck.Differences(settled.Statement, settled.Issued.Record));
        Assert.Equal((1, 1, Prosumers, Prosumers + 1), (
            records[RecordKind.Attestation].Count(), records[RecordKind.StatementIssue].Count(),
            records[RecordKind.Allocation].Count(), records[RecordKind.PaymentAcknowledgement].Count()));
        Assert.Equal(
            settled.Allocation.PayableCents,
            records[RecordKind.Allocation].Sum(static entry => ((Allocation)entry.Record).Amounts.PayableCents));
        Assert.All(records[RecordKind.Allocation], entry => Assert.Equal(entry.Receiver, ((Allocation)entry.Record).Prosumer));
        Assert.All(_run.Consortium.Network.Validators, validator => Assert.Equal(_run.Consortium.Chain.Head.Hash, validator.Chain.Head.Hash));

        SettledDay again = _run.Settle(null, Cancellation);
        Assert.Equal(height, _run.Consortium.Chain.Head.Header.Number);
        Assert.Equal(settled.Statement.Root, again.Statement.Root);
    }

    [Fact]
    public void Another_outcome_is_a_version_that_supersedes_the_one_before()
    {
        SettledDay first = _run.Settle(null, Cancellation);
        SettledDay second = _run.Settle(new SettledDayOptions { Settlement = new SettlementOptions { PenaltyFactorPpm = 2_000_000 } }, Cancellation);

        Assert.Equal((2, first.Issued!.Hash), (second.Statement.Subject.Version, second.Statement.Subject.Supersedes));
        ImmutableArray<StatementDelta> changes = second.Statement.ChangesSince(first.Statement);
        Assert.All(changes, static change => Assert.True(change.Line is SettlementLine.NoPay or SettlementLine.EventCharge or SettlementLine.RetroactiveCharge));
        Assert.Equal(second.Statement.Total - first.Statement.Total, SettlementAmount.Sum(changes.Select(static change => change.Change)));
        Assert.Equal(2, second.Issues.Length);
    }

    [Fact]
    public void The_trail_leads_from_an_award_to_the_money_and_from_a_reading_back()
    {
        SettledDay settled = _run.Settle(null, Cancellation);
        var trail = new EvidenceTrail(settled.Result, settled.Statement, settled.Allocation);
        LedgerEntry award = Ledger.Find(new LedgerQuery { Kind = RecordKind.DayAheadAward }).First();

        AwardTrace trace = trail.Trace(award.RecordHash)!;
        Assert.Equal(settled.Result.Activations.Length, trace.Activations.Length);
        Assert.Equal(Prosumers, trace.Shares.Length);
        Assert.Contains(trace.Lines, static line => line.Line == SettlementLine.DayAheadSpin);
        ProsumerResponse response = trace.Activations[0].Trace!.Prosumers[0];
        LedgerEntry command = Ledger.Find(new LedgerQuery { Kind = RecordKind.ControlCommand }).First(entry => entry.RecordHash == response.Command!.Record);
        Assert.Contains(trail.WhereUsed(command), use => use.Kind == RecordUseKind.Command && use.Prosumer == response.Prosumer);

        Hash256 reading = response.Resources[0].Before!.Record;
        LedgerEntry telemetry = Ledger.Find(new LedgerQuery { Kind = RecordKind.Telemetry, Sender = response.Prosumer }).First(entry => entry.RecordHash == reading);
        Assert.Equal(response.Resources[0].Before!.Location.TransactionHash, telemetry.Location.TransactionHash);
        ImmutableArray<RecordUse> uses = trail.WhereUsed(telemetry);
        Assert.Contains(uses, static use => use.Kind == RecordUseKind.Response);
        Assert.Contains(uses, static use => use.Line == SettlementLine.UninstructedEnergy);
        Assert.Null(trail.Trace(telemetry.RecordHash));
        Assert.Empty(trail.WhereUsed(Ledger.Find(new LedgerQuery { Kind = RecordKind.ParticipantRegistration }).First()));
    }

    [Fact]
    public void A_correction_by_the_prosumer_leads_to_a_new_version()
    {
        SettledDay first = _run.Settle(null, Cancellation);
        LedgerEntry telemetry = Ledger.Find(new LedgerQuery { Kind = RecordKind.Telemetry, FromUnixSeconds = Day.Day.Hours[5].StartUnixSeconds }).First();
        var told = (Telemetry)telemetry.Record;
        TelemetryRow[] rows = [.. told.Rows.Select(static row => row is MeterReading meter ? meter with { NetPowerW = meter.NetPowerW - 1_000 } : row)];
        var corrected = new Telemetry(told.Interval, told.Sequence, told.DeviceTimeUnixSeconds, told.Quality, [.. rows]);
        ScenarioParticipant prosumer = Day.Participants.Single(participant => AddressOf(participant) == telemetry.Sender);
        using PrivateKey key = ScenarioKeys.Derive(SmallDay.Seed, prosumer.Id.Value);
        ulong now = _run.Consortium.Chain.Head.Header.Timestamp + 60;
        var correction = new Correction(telemetry.RecordHash, 1, CorrectionReason.MeasurementFault, corrected);
        Assert.True(_run.Consortium.Record(correction, key, telemetry.Receiver, now).IsValid);
        _run.Consortium.Seal(now);

        SettledDay second = _run.Settle(null, Cancellation);

        Assert.Equal(2, second.Statement.Subject.Version);
        StatementDelta change = Assert.Single(second.Statement.ChangesSince(first.Statement));
        Assert.Equal((SettlementLine.UninstructedEnergy, told.Interval), (change.Line, change.Interval));
    }

    [Fact]
    public async Task The_live_view_says_each_interval_when_it_is_over_and_ends_with_the_day()
    {
        MarketDay day = Day;
        using MarketDayRun run = MarketDayRun.Open(day, new MarketDayOptions { Seed = SmallDay.Seed, Validators = 1, Threads = 1, OpenStore = static _ => new MemoryStore() });
        var said = new List<LiveInterval>();
        Task follow = Task.Run(async () =>
        {
            await foreach (LiveInterval interval in LiveDay.Follow(run.Consortium.Chain, day.Day.Hours, day.Aggregation, null, Cancellation))
                said.Add(interval);
        }, Cancellation);
        run.Record(progress: null, Cancellation);
        run.Settle(null, Cancellation);
        await follow;

        DayResult result = DayVerification.Run(run.Consortium.Ledger.Read(), run.Consortium.Ledger.Registry, day.Day.Hours, day.Aggregation);
        LiveInterval[] last = [.. said.Where(static interval => interval.IsFinal).OrderBy(static interval => interval.Number)];
        Assert.Equal(288, last.Length);
        Assert.All(last, interval => Assert.Equal(result.Intervals[interval.Number - 1], interval.Result));
        Assert.All(said.GroupBy(static interval => interval.Number), static same => Assert.True(same.Last().IsFinal));
    }

    private static Address AddressOf(ScenarioParticipant participant)
    {
        using PrivateKey key = ScenarioKeys.Derive(SmallDay.Seed, participant.Id.Value);
        return key.Address;
    }
}

using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.EndToEnd.Tests.MarketDays;
using DerChain.Evidence;
using DerChain.Market.Confidentiality;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;

namespace DerChain.EndToEnd.Tests.Settlement;

/// <summary>Eleven ways to claim what is not so, and the reason by which each fails.</summary>
public sealed class ForgeryTests(SettledDayFixture day) : IClassFixture<SettledDayFixture>
{
    private static readonly ParticipantId Aggregator = SettledDayFixture.Day.Aggregator;
    private static readonly ParticipantId Operator = SettledDayFixture.Day.SystemOperator;

    private static readonly ImmutableArray<ParticipantId> Prosumers =
        [.. SettledDayFixture.Day.Participants.Where(static participant => participant.Role == ParticipantRole.Prosumer).Select(static participant => participant.Id)];

    private static ulong AfterTheDay => (ulong)SettledDayFixture.Day.Day.EndUnixSeconds + 7_200;

    [Fact]
    public void A_header_sealed_by_one_authority_alone_is_not_final()
    {
        InclusionReceipt receipt = day.ReceiptOf(day.First(RecordKind.StatementIssue));
        Assert.NotEmpty(receipt.Descendants);
        Assert.Equal(ReceiptError.NotFinal, ErrorOf(receipt with { Descendants = [] }));

        LedgerEntry last = day.Consortium.Ledger.Read().Last();
        Assert.Equal(
            ReceiptError.NotFinal,
            InclusionReceipt.TryCreate(day.Consortium.Chain, last.Location.TransactionHash, fromCheckpoint: false, out _).Error);
    }

    [Fact]
    public void An_altered_amount_is_not_proven()
    {
        LedgerEntry allocation = day.First(RecordKind.Allocation);
        InclusionReceipt receipt = day.ReceiptOf(allocation);
        byte[] altered = receipt.TransactionNodes[^1].ToArray();
        int payload = altered.AsSpan().IndexOf("DERC"u8);
        altered[payload + 100] ^= 1;

        Assert.Equal(ReceiptError.TransactionNotProven, ErrorOf(receipt with { TransactionNodes = receipt.TransactionNodes.SetItem(receipt.TransactionNodes.Length - 1, altered) }));
    }

    [Fact]
    public void A_record_of_the_wrong_role_is_refused_by_the_pool_and_by_every_validator_but_the_rogue()
    {
        using PrivateKey prosumer = SettledDayFixture.KeyOf(Prosumers[0]);
        Address other = SettledDayFixture.AddressOf(Prosumers[1]);
        var forged = new Allocation(SettledDayFixture.Day.Aggregation, PeriodOfDay, default, other, new AllocationAmounts(0, 1_000_000, 0, 0, 100));
        ValidationResult refused = day.Consortium.Record(forged, prosumer, other, AfterTheDay);
        Assert.Equal(ChainError.ForbiddenByRule, refused.Error);
        Assert.Contains("Allocation is sent by the role Aggregator", refused.Message, StringComparison.Ordinal);

        using MarketDayRun honest = SmallDay.Record(SmallDay.FirstMessages(2, 1), validators: 1, threads: 1, static _ => new MemoryStore());
        Transaction transaction = honest.Consortium.Signer.Sign(forged, other, 0, prosumer);
        ImportResult result = honest.Consortium.Network.Validators[0].ReceiveBlock(RogueBlock(honest.Consortium, transaction), AfterTheDay * 1000);
        Assert.Equal((ImportOutcome.Rejected, ChainError.ForbiddenByRule), (result.Outcome, (ChainError)result.Verdict.Error!));
    }

    [Fact]
    public void Replayed_telemetry_is_refused_by_its_nonce()
    {
        LedgerEntry telemetry = day.First(RecordKind.Telemetry);
        Block block = day.Consortium.Chain.FindBlock(telemetry.Location.BlockNumber)!;
        ReadOnlyMemory<byte> again = block.Transactions[telemetry.Location.TransactionIndex].Encoded;

        Assert.Equal(ChainError.NonceTooLow, day.Consortium.Network.Submit([again], AfterTheDay * 1000)[0].Error);
    }

    [Fact]
    public void A_proof_of_another_chain_is_not_of_this_one()
    {
        InclusionReceipt receipt = day.ReceiptOf(day.First(RecordKind.StatementIssue));
        var other = ReceiptTrust.InAuthorities(
            day.Consortium.Genesis.Spec.ChainId + 1,
            day.Consortium.Network.Validators.Select(static validator => validator.Address),
            new CliqueParameters(0, 30_000));

        Assert.Equal(ReceiptError.WrongChain, ErrorOf(receipt, other));
    }

    [Fact]
    public void A_receipt_under_an_unsealed_header_is_refused()
    {
        InclusionReceipt receipt = day.ReceiptOf(day.First(RecordKind.StatementIssue));
        BlockHeader unsealed = receipt.Header with { ExtraData = new byte[receipt.Header.ExtraData.Length] };

        Assert.Equal(ReceiptError.HeaderRefused, ErrorOf(receipt with { Header = unsealed, Descendants = [] }));
        Assert.Equal(ReceiptError.HeadersNotLinked, ErrorOf(receipt with { Header = unsealed }));
    }

    [Fact]
    public void A_revoked_device_reports_nothing()
    {
        using MarketDayRun run = SmallDay.Record(SmallDay.FirstMessages(2, 1), validators: 1, threads: 1, static _ => new MemoryStore());
        using PrivateKey systemOperator = SettledDayFixture.KeyOf(Operator);
        using PrivateKey prosumer = SettledDayFixture.KeyOf(Prosumers[0]);
        ulong now = run.Consortium.Chain.Head.Header.Timestamp + 60;
        ResourceRow meter = run.Consortium.Ledger.Registry.ResourcesAt(prosumer.Address, (long)now).First(static row => row.ResourceKind == ResourceKind.Meter);
        var revocation = new ResourceRegistration([meter with { Version = 2, EffectiveFromUnixSeconds = (long)now, IsRevoked = true }]);
        Assert.True(run.Consortium.Record(revocation, systemOperator, systemOperator.Address, now).IsValid);
        run.Consortium.Seal(now);

        var reading = new Telemetry(new MarketInterval((long)now + 600, 300), 0, 0, TelemetryQuality.Good, [new MeterReading(meter.Resource, 0)]);
        ValidationResult refused = run.Consortium.Record(reading, prosumer, SettledDayFixture.AddressOf(Aggregator), now + 900);

        Assert.Equal(ChainError.ForbiddenByRule, refused.Error);
        Assert.Contains($"Resource {meter.Resource} is not registered at {now + 600}, or revoked.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backdated_correction_does_not_count()
    {
        LedgerEntry telemetry = day.Consortium.Ledger.Find(new LedgerQuery { Kind = RecordKind.Telemetry, FromUnixSeconds = PeriodOfDay.StartUnixSeconds }).First();
        var correction = new Correction(telemetry.RecordHash, 1, CorrectionReason.ClericalError, telemetry.Record);
        long deadline = ((Telemetry)telemetry.Record).Interval.EndUnixSeconds + new VerificationOptions().CorrectionSeconds;
        LedgerEntry late = telemetry with { Record = correction, Location = telemetry.Location with { BlockUnixSeconds = deadline + 1 } };

        DayResult result = DayVerification.Run(
            day.Consortium.Ledger.Read().Append(new LedgerEntry(late.Record, late.Sender, late.Receiver, late.Location)),
            day.Consortium.Ledger.Registry, SettledDayFixture.Day.Day.Hours, SettledDayFixture.Day.Aggregation);

        Assert.Equal(VerificationRule.LateCorrection, Assert.Single(result.Problems).Rule);
    }

    [Fact]
    public void A_reader_without_the_key_reads_nothing()
    {
        using PrivateKey aggregator = SettledDayFixture.KeyOf(Aggregator);
        using PrivateKey systemOperator = SettledDayFixture.KeyOf(Operator);
        using PrivateKey competitor = SettledDayFixture.KeyOf(Prosumers[0]);
        MarketRecord bid = day.First(RecordKind.DayAheadBid).Record;
        SealedRecord sealedBid = RecordSealing.Seal(bid, aggregator.Address, [systemOperator.PublicKey]);

        Assert.Equal(SealingError.NotAReader, RecordSealing.TryOpen(sealedBid, aggregator.Address, competitor, out _));
        Assert.Null(RecordSealing.TryOpen(sealedBid, aggregator.Address, systemOperator, out MarketRecord? opened));
        Assert.Equal(bid.RowCount, opened!.RowCount);
    }

    [Fact]
    public void A_swapped_row_in_a_salted_batch_is_another_batch()
    {
        ImmutableArray<ReadOnlyMemory<byte>> rows = ["one"u8.ToArray(), "two"u8.ToArray(), "three"u8.ToArray()];
        SaltedBatch batch = SaltedBatch.Create(rows);
        SaltedBatch swapped = SaltedBatch.Create([rows[0], rows[2], rows[1]], Salts(batch));

        Assert.Equal(BatchFileError.RootMismatch, BatchFile.TryRead(BatchFile.Encode(swapped), batch.Root, out _).Error);
        RowDisclosure shown = batch.Disclose(1)!;
        Assert.True(shown.Holds(batch.Root));
        Assert.False((shown with { Leaf = batch.Disclose(2)!.Leaf }).Holds(batch.Root));
    }

    [Fact]
    public void A_statement_with_a_line_removed_is_not_the_one_that_was_issued()
    {
        SettlementStatement statement = day.Settled.Statement;
        var shortened = new SettlementStatement(statement.Subject, statement.Lines.RemoveAt(7));

        IEnumerable<StatementDifference> reasons = StatementCheck.Differences(shortened, day.Settled.Issued!.Record).Select(static problem => problem.Difference);

        Assert.Contains(StatementDifference.LineCountWrong, reasons);
        Assert.Contains(StatementDifference.RootWrong, reasons);
        Assert.False(statement.ProofOf(7).Proves(shortened.Root));
    }

    private static MarketInterval PeriodOfDay =>
        new(SettledDayFixture.Day.Day.StartUnixSeconds, (int)(SettledDayFixture.Day.Day.EndUnixSeconds - SettledDayFixture.Day.Day.StartUnixSeconds));

    private static byte[] Salts(SaltedBatch batch) => [.. batch.Rows.SelectMany(static row => row.Disclosed!.Salt.ToArray())];

    private ReceiptError? ErrorOf(InclusionReceipt receipt, ReceiptTrust? trust = null) =>
        (ReceiptError?)ReceiptVerifier.Verify(receipt.Encode(), trust ?? day.Trust, out _).Error;

    // An authority that runs without the market's rule seals what the rule forbids.
    private static byte[] RogueBlock(Consortium honest, Transaction transaction)
    {
        using PrivateKey authority = Market.Scenario.ScenarioKeys.Derive(SmallDay.Seed, "VALIDATOR1");
        using var store = new MemoryStore();
        var engine = new CliqueEngine(honest.Genesis.Spec);
        Blockchain chain = Blockchain.Open(store, honest.Genesis, engine);
        foreach (Block block in honest.Chain.Blocks(1))
            Assert.Equal(ImportOutcome.NewHead, chain.Import(block, AfterTheDay).Outcome);
        var rogue = new Validator(authority, chain, engine);
        Assert.True(rogue.VerifyTransaction(transaction.Encoded, AfterTheDay * 1000, out RecoveredTransaction? recovered).IsValid);
        rogue.AddTransaction(recovered!, AfterTheDay * 1000);
        rogue.TrySeal(AfterTheDay * 1000, out Block? forged);
        return forged!.Encode();
    }
}

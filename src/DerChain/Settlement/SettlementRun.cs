using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Ledger;
using DerChain.Market.Plausibility;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.Settlement;

/// <summary>Signs, submits and seals the records that settle a day, one kind after the other. What is on the chain already is not recorded again.</summary>
internal sealed class SettlementRun(MarketDay day, Consortium consortium, ImmutableDictionary<ParticipantId, PrivateKey> keys)
{
    private readonly ImmutableDictionary<Address, PrivateKey> _keys = keys.Values.ToImmutableDictionary(static key => key.Address);

    /// <summary>Hashes of the records of settlement that are on the chain.</summary>
    private readonly HashSet<Hash256> _known = [];

    public SettledDay Settle(SettledDayOptions? options, CancellationToken cancellation)
    {
        Address systemOperator = keys[day.SystemOperator].Address;
        cancellation.ThrowIfCancellationRequested();
        Attest(systemOperator);
        cancellation.ThrowIfCancellationRequested();
        SettledDay settled = Read(options);
        SettlementMessage statement = SettlementRecords.Statement(settled, systemOperator);
        Hash256 statementHash = Record([statement])[0];
        cancellation.ThrowIfCancellationRequested();
        ImmutableArray<SettlementMessage> allocations = SettlementRecords.Allocations(settled, statementHash);
        ImmutableArray<Hash256> hashes = Record(allocations);
        cancellation.ThrowIfCancellationRequested();
        Record(
        [
            SettlementRecords.Acknowledge(settled, statementHash, systemOperator),
            .. allocations.Select((allocation, index) => SettlementRecords.Acknowledge(allocation, hashes[index])),
        ]);
        return Read(options);
    }

    private SettledDay Read(SettledDayOptions? options) => SettledDay.Of(
        consortium.Ledger.Read().Select(Note), consortium.Ledger.Registry, day.Day, day.Aggregation, options);

    // By the rules in force on the chain. The same readings give the same verdicts, so that a second run finds them there.
    private void Attest(Address systemOperator)
    {
        var period = new MarketInterval(day.Day.StartUnixSeconds, (int)(day.Day.EndUnixSeconds - day.Day.StartUnixSeconds));
        (QualityRules rules, Hash256? attested) = (QualityRules.Default, null);
        foreach (LedgerEntry entry in consortium.Ledger.Read(static kind => kind >= RecordKind.QualityRuleSet).Select(Note))
        {
            if (entry.Record is QualityRuleSet set && QualityRules.TryCreate(set.Version, set.Rows, out QualityRules? given, out _))
                rules = given;
            else if (entry.Record is Attestation { Scope: { } scope } && scope.Period == period && entry.Sender == systemOperator)
                attested = scope.VerdictRoot;
        }

        QualityResult quality = QualityEvaluation.Run(consortium.Ledger.Read(), consortium.Ledger.Registry, period, rules);
        if (quality.Scope.VerdictRoot != attested && quality.TryToAttestation(out Attestation? attestation))
            Record([new SettlementMessage(attestation, systemOperator, systemOperator)]);
    }

    private LedgerEntry Note(LedgerEntry entry)
    {
        if (entry.Record.Kind >= RecordKind.QualityRuleSet)
            _known.Add(entry.RecordHash);
        return entry;
    }

    // Submits what is not on the chain yet and seals it.
    private ImmutableArray<Hash256> Record(ImmutableArray<SettlementMessage> messages)
    {
        ImmutableArray<byte[]> payloads = [.. messages.Select(static message => RecordCodec.Encode(message.Record))];
        ImmutableArray<Hash256> hashes = [.. payloads.Select(static payload => Keccak256.Hash(payload))];
        var nonces = new Dictionary<Address, ulong>();
        var encoded = new List<ReadOnlyMemory<byte>>();
        for (int index = 0; index < messages.Length; index++)
        {
            if (!_known.Add(hashes[index]))
                continue;

            (_, Address sender, Address receiver) = messages[index];
            ulong nonce = nonces.TryGetValue(sender, out ulong next) ? next : consortium.Network.Validators[0].Pool.NextNonce(sender);
            nonces[sender] = nonce + 1;
            encoded.Add(consortium.Signer.SignPayload(payloads[index], receiver, nonce, _keys[sender]).Encoded);
        }

        Seal(encoded);
        return hashes;
    }

    private void Seal(List<ReadOnlyMemory<byte>> encoded)
    {
        if (encoded.Count == 0)
            return;

        ulong now = Math.Max((ulong)day.Day.EndUnixSeconds + MarketInterval.HourSeconds, consortium.Chain.Head.Header.Timestamp + 1);
        foreach (ValidationResult verdict in consortium.Network.Submit(encoded, now * 1000))
        {
            if (!verdict.IsValid)
                throw new InvalidOperationException($"A record of the settlement is refused: {verdict}.");
        }

        ImmutableArray<Block> blocks = consortium.Seal(now);
        if (blocks.Sum(static block => block.Transactions.Length) != encoded.Count)
            throw new InvalidOperationException($"{encoded.Count} transactions were submitted and not all were sealed.");
    }
}

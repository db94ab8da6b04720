using DerChain.Chain.Crypto;
using DerChain.Chain.Proofs;
using DerChain.Chain.Transactions;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.EndToEnd.Tests.Readme;

/// <summary>The README's sample, word for word between the marks; a test runs it.</summary>
internal static class Sample
{
    public static void Run(TextWriter output)
    {
        // README begins
        using PrivateKey iso = PrivateKey.Generate(), aggregator = PrivateKey.Generate(), home = PrivateKey.Generate();
        using PrivateKey validator1 = PrivateKey.Generate(), validator2 = PrivateKey.Generate(), validator3 = PrivateKey.Generate();

        ulong time = 1_626_336_000; // time is always an argument: the same calls give the same chain
        using Consortium consortium = Consortium.Open(new ConsortiumOptions
        {
            ChainId = 1337,
            GenesisUnixSeconds = time,
            Authorities = [validator1, validator2, validator3],
            SystemOperator = iso.Address,
            FundedAccounts = [iso.Address, aggregator.Address, home.Address],
            // OpenStore = index => LiteDbStore.Open($"validator-{index + 1}.db"),   the default keeps the chain in memory
        });

        // The system operator registers who takes part, and with which devices.
        ParticipantRow[] participants =
        [
            new(aggregator.Address, new ParticipantId("AGG1"), ParticipantRole.Aggregator, MemberOf: null),
            new(home.Address, new ParticipantId("HOME1"), ParticipantRole.Prosumer, aggregator.Address),
        ];
        consortium.Record(new ParticipantRegistration([.. participants.OrderBy(row => row.Account)]), iso, iso.Address, time);
        consortium.Seal(time);
        var battery = new ResourceId("HOME1.BESS");
        consortium.Record(new ResourceRegistration([new(battery, ResourceKind.Battery, home.Address, NameplateW: 5_000)]), iso, iso.Address, time);
        consortium.Seal(time);

        // The home reports its battery; every validator verifies the signature, the role and the record for itself.
        var interval = new MarketInterval((long)time, MarketInterval.DispatchSeconds);
        var reading = new BatteryReading(
            battery, CapacityWh: 13_500, OneWayEfficiencyPpm: 950_000, SocMinPpm: 100_000, SocMaxPpm: 950_000,
            MaxDischargeW: 5_000, MaxChargeW: 5_000, SocPpm: 600_000, PowerW: 1_200, StorageMode.Discharge);
        time += 300;
        consortium.Record(
            new Telemetry(interval, sequence: 1, (long)time, TelemetryQuality.Good, [reading]), home, aggregator.Address, time);
        consortium.Seal(time);

        foreach (LedgerEntry entry in consortium.Ledger.Find(new LedgerQuery { Resource = battery, Kind = RecordKind.Telemetry }))
            output.WriteLine($"block {entry.Location.BlockNumber}: {entry.Record.Kind} signed by {consortium.Ledger.Registry.NameOf(entry.Sender)}");

        // Whoever trusts the hash of a block needs no chain to check what stands in it: a proof is bytes.
        LedgerEntry measured = consortium.Ledger.Find(new LedgerQuery { Resource = battery, Kind = RecordKind.Telemetry }).Single();
        byte[] proof = consortium.Chain.ProveTransaction(measured.Location.TransactionHash)!.Encode();
        TransactionProof.TryDecode(proof, out TransactionProof? received);
        output.WriteLine(received!.Verify(measured.Location.BlockHash, out Transaction? proven));
        output.WriteLine(proven!.RecoverSender() == home.Address);

        // A forbidden record is refused with its reason: the aggregator may not report in the home's name.
        output.WriteLine(consortium.Record(
            new Telemetry(interval, sequence: 2, (long)time, TelemetryQuality.Good, [reading]), aggregator, aggregator.Address, time));
        // README ends
    }
}

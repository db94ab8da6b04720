using System.Collections.Immutable;
using System.Text;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Storage.Sqlite;

namespace DerChain.KillTarget;

/// <summary>A chain of three authorities that everyone has the keys of. Each block holds a transfer to a new account; every fifth replaces a lighter
/// one of the same number.</summary>
internal sealed class KillChain
{
    private const ulong ReorganisationInterval = 5;

    private static readonly ImmutableArray<PrivateKey> Authorities =
        [.. Enumerable.Range(0, 3).Select(index => Key($"authority {index}")).OrderBy(key => key.Address)];

    private static readonly PrivateKey Payer = Key("payer");

    private readonly CliqueEngine _engine = new(Genesis.Spec);

    private KillChain(IKeyValueStore store) => Chain = Blockchain.Open(store, Genesis, _engine);

    public static Genesis Genesis { get; } = new()
    {
        Spec = new ChainSpec { ChainId = 202211 },
        Timestamp = 1_700_000_000,
        ExtraData = CliqueExtraData.ForGenesis(Authorities.Select(key => key.Address)),
        Accounts = ImmutableSortedDictionary<Address, GenesisAccount>.Empty.Add(Payer.Address, new GenesisAccount((UInt256)ulong.MaxValue * ulong.MaxValue)),
    };

    public Blockchain Chain { get; }

    public static KillChain Open(IKeyValueStore store) => new(store);

    public static IKeyValueStore OpenStore(string path) => path.EndsWith(".sqlite", StringComparison.Ordinal) ? SqliteStore.Open(path) : LiteDbStore.Open(path);

    /// <summary>Seals the next block, and imports it; before every fifth a lighter one in its place.</summary>
    public Block Extend()
    {
        ulong number = Chain.Head.Header.Number + 1;
        CliqueSnapshot snapshot = _engine.SnapshotAt(Chain.Head.Header, Chain.Head.Hash, Chain.FindHeader);
        PrivateKey[] sealers =
        [
            .. Authorities.Where(key => snapshot.SignedRecently(number, key.Address) is null)
                .OrderByDescending(key => snapshot.IsInTurn(number, key.Address)),
        ];
        Block[] blocks = [.. sealers.Select(key => Seal(key, number, snapshot.IsInTurn(number, key.Address) ? 2UL : 1UL))];
        if (number % ReorganisationInterval == 0)
            Import(blocks[1]);

        Import(blocks[0]);
        return Chain.FindBlock(number)!;
    }

    private static PrivateKey Key(string name) => PrivateKey.FromBytes(Keccak256.Hash(Encoding.UTF8.GetBytes(name)).ToBytes());

    private Block Seal(PrivateKey sealer, ulong number, ulong difficulty)
    {
        Transaction transfer = new UnsignedTransaction
        {
            ChainId = Genesis.Spec.ChainId,
            Nonce = Chain.GetAccount(Payer.Address).Nonce,
            MaxPriorityFeePerGas = UInt256.One,
            MaxFeePerGas = Genesis.DefaultBaseFeePerGas * 2,
            GasLimit = 21_000,
            To = Key($"{sealer.Address} {number}").Address,
            Value = number,
            Data = Array.Empty<byte>(),
        }.Sign(Payer);
        var template = new BlockTemplate(
            sealer.Address, Genesis.Timestamp + number, difficulty, Address.Zero, CliqueSnapshot.NonceDrop, CliqueExtraData.Unsealed([], []));
        Block unsealed = Chain.Assemble(template, [new RecoveredTransaction(transfer, Payer.Address)]);
        return new Block(CliqueExtraData.Seal(unsealed.Header, sealer), unsealed.Transactions);
    }

    private void Import(Block block)
    {
        ImportResult result = Chain.Import(block, ulong.MaxValue);
        if (result.Outcome is ImportOutcome.Rejected or ImportOutcome.AlreadyKnown)
            throw new InvalidOperationException($"Block {block.Number}: {result.Outcome} {result.Verdict}");
    }
}

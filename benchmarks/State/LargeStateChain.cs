using System.Buffers.Binary;
using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Storage.Sqlite;

namespace DerChain.Benchmarks.State;

/// <summary>A sealed chain on a genesis of many accounts, and a store that holds its genesis only: what another validator would import it into.</summary>
internal sealed class LargeStateChain : IDisposable
{
    private const ulong StartTime = 1_700_000_000;
    private const ulong Gwei = 1_000_000_000;
    private const int Senders = 50;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<Hash256, Address> _senders = [];
    private readonly PrivateKey _authority = KeyOf("authority");
    private readonly ImmutableArray<PrivateKey> _keys = [.. Enumerable.Range(0, Senders).Select(static index => KeyOf($"sender {index}"))];
    private readonly ulong[] _nonces = new ulong[Senders];
    private readonly ChainSpec _spec = new() { ChainId = 202211 };

    private LargeStateChain(int accounts) => Accounts = accounts;

    public int Accounts { get; }

    public ImmutableArray<Block> Blocks { get; private set; } = [];

    /// <summary>Makes the genesis, seals the blocks, and keeps a copy of the store as it was before the first of them.</summary>
    public static LargeStateChain Make(int accounts, int blocks, int transfersPerBlock)
    {
        var made = new LargeStateChain(accounts);
        made.StartStore();
        File.Copy(made._folder.Path("made.sqlite"), made._folder.Path("copy.sqlite"));
        using SqliteStore store = SqliteStore.Open(made._folder.Path("made.sqlite"));
        Blockchain chain = made.OpenChain(store);
        var sealedBlocks = ImmutableArray.CreateBuilder<Block>(blocks);
        for (int index = 0; index < blocks; index++)
            sealedBlocks.Add(made.SealNext(chain, transfersPerBlock));

        made.Blocks = sealedBlocks.ToImmutable();
        return made;
    }

    public SqliteStore OpenCopy() => SqliteStore.Open(_folder.Path("copy.sqlite"));

    /// <summary>The same entries in memory.</summary>
    public MemoryStore CopyToMemory()
    {
        var memory = new MemoryStore();
        using SqliteStore store = OpenCopy();
        foreach ((byte[] key, byte[] value) in store.Range([]))
        {
            var batch = new WriteBatch();
            batch.Put(key, value);
            memory.Commit(batch);
        }

        return memory;
    }

    public Blockchain OpenChain(IKeyValueStore store) => Blockchain.Open(store, StoreIdentity.Read(store)!.Genesis, new CliqueEngine(_spec));

    public Address? FindSender(Hash256 transactionHash) => _senders.TryGetValue(transactionHash, out Address sender) ? sender : null;

    public long StoreBytes() => new FileInfo(_folder.Path("copy.sqlite")).Length;

    public void Dispose()
    {
        _authority.Dispose();
        foreach (PrivateKey key in _keys)
            key.Dispose();

        _folder.Dispose();
    }

    private static PrivateKey KeyOf(string name) => PrivateKey.FromBytes(Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(name)).ToBytes());

    private static Address AccountAt(int index)
    {
        Span<byte> seed = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(seed, index);
        return Address.FromBytes(Keccak256.Hash(seed).ToBytes().AsSpan(12));
    }

    private void StartStore()
    {
        var balances = ImmutableSortedDictionary.CreateBuilder<Address, GenesisAccount>();
        var rich = new GenesisAccount((UInt256)Gwei * Gwei * 1_000_000);
        foreach (PrivateKey key in _keys)
            balances[key.Address] = rich;

        for (int index = 0; index < Accounts; index++)
            balances[AccountAt(index)] = new GenesisAccount((UInt256)(ulong)(index + 1));

        var genesis = new Genesis
        {
            Spec = _spec,
            Timestamp = StartTime,
            ExtraData = CliqueExtraData.ForGenesis([_authority.Address]),
            Accounts = balances.ToImmutable(),
        };
        using SqliteStore store = SqliteStore.Open(_folder.Path("made.sqlite"));
        Blockchain.Open(store, genesis, new CliqueEngine(_spec));
    }

    private Block SealNext(Blockchain chain, int transfers)
    {
        BlockHeader parent = chain.Head.Header;
        var template = new BlockTemplate(
            _authority.Address, parent.Timestamp + 1, CliqueEngine.InTurnDifficulty, Address.Zero, CliqueSnapshot.NonceDrop, CliqueExtraData.Unsealed([], []));
        Block unsealed = chain.Assemble(template, Enumerable.Range(0, transfers).Select(index => Transfer((int)parent.Number * transfers + index)));
        var block = new Block(CliqueExtraData.Seal(unsealed.Header, _authority), unsealed.Transactions);
        ImportResult result = chain.Import(block, ulong.MaxValue, FindSender);
        return result.Outcome == ImportOutcome.NewHead && block.Transactions.Length == transfers
            ? block
            : throw new InvalidOperationException($"{result.Outcome} {result.Verdict}, {block.Transactions.Length} transactions");
    }

    private RecoveredTransaction Transfer(int number)
    {
        int sender = number % Senders;
        Transaction transaction = new UnsignedTransaction
        {
            ChainId = _spec.ChainId,
            Nonce = _nonces[sender]++,
            MaxPriorityFeePerGas = Gwei,
            MaxFeePerGas = (UInt256)Gwei * 10,
            GasLimit = 21_000,
            To = AccountAt((int)((ulong)number * 2654435761 % (ulong)Accounts)),
            Value = UInt256.One,
        }.Sign(_keys[sender]);
        _senders[transaction.Hash] = _keys[sender].Address;
        return new RecoveredTransaction(transaction, _keys[sender].Address);
    }
}

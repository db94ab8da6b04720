using System.Collections.Immutable;
using System.Text;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Tests.Proofs;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Validation;

/// <summary>Every error of the ledger, and a way to get it.</summary>
public sealed class ChainErrorTests
{
    private static readonly PrivateKey Sender = TestChain.Key("sender");
    private static readonly PrivateKey Poor = TestChain.Key("poor");
    private static readonly PrivateKey Contract = TestChain.Key("contract");
    private static readonly Address Rich = TestChain.Key("rich").Address;
    private static readonly Address Recipient = TestChain.Key("recipient").Address;

    private static readonly Dictionary<ChainError, Func<ValidationResult>> Ways = new()
    {
        [ChainError.MalformedRlp] = () => Block.TryDecode([0xc1], out _),
        [ChainError.TooLarge] = () => Block.TryDecode(new byte[Block.MaxEncodedBytes + 1], out _),
        [ChainError.UnsupportedTransactionType] = () => TransactionCodec.TryDecode(new byte[] { 0x03, 0xc0 }, out _),
        [ChainError.UnknownParent] = () => ImportAltered(header => header with { ParentHash = Keccak256.OfEmpty }),
        [ChainError.WrongNumber] = () => ImportAltered(header => header with { Number = header.Number + 1 }),
        [ChainError.GasUsedAboveLimit] = () => ImportAltered(header => header with { GasUsed = header.GasLimit + 1 }),
        [ChainError.GasLimitOutOfBounds] = () => ImportAltered(header => header with { GasLimit = header.GasLimit - header.GasLimit / 1024 }),
        [ChainError.BaseFeePresence] = () => ImportAltered(header => header with { BaseFeePerGas = null }),
        [ChainError.WrongBaseFee] = () => ImportAltered(header => header with { BaseFeePerGas = header.BaseFeePerGas!.Value + 1 }),
        [ChainError.OmmersNotEmpty] = DecodeBlockWithOmmers,
        [ChainError.FutureBlock] = () => ImportAltered(header => header with { Timestamp = TestChain.Now + 1 }),
        [ChainError.WrongTransactionsRoot] = () => ImportAltered(header => header with { TransactionsRoot = Hash256.Zero }),
        [ChainError.WrongReceiptsRoot] = () => ImportAltered(header => header with { ReceiptsRoot = Hash256.Zero }),
        [ChainError.WrongStateRoot] = () => ImportAltered(header => header with { StateRoot = Hash256.Zero }),
        [ChainError.WrongGasUsed] = () => ImportAltered(header => header with { GasUsed = header.GasUsed + 1 }),
        [ChainError.WrongLogsBloom] = () => ImportAltered(header => header with { LogsBloom = Bloom.FromBytes([1, .. new byte[255]]) }),
        [ChainError.InvalidSignature] = () => Pool(WithSignature(Transfer(), signature => signature with { R = UInt256.Zero })),
        [ChainError.HighS] = () => Pool(WithSignature(
            Transfer(), signature => new Signature(signature.R, Secp256k1.OrderValue - signature.S, (byte)(1 - signature.RecoveryId)))),
        [ChainError.WrongChainId] = () => Pool(TestChain.Transfer(Sender, 0, Recipient, chainId: 5)),
        [ChainError.UnprotectedTransaction] = () => Pool(Change(content => content with { Type = TransactionType.Legacy, ChainId = null })),
        [ChainError.NonceTooLow] = () => ImportWith(Transfer(), Transfer(), Change(content => content with { Data = new byte[1], GasLimit = 30_000 })),
        [ChainError.NonceTooHigh] = () => ImportWith(TestChain.Transfer(Sender, 1, Recipient)),
        [ChainError.InsufficientFunds] = () => ImportWith(TestChain.Transfer(Poor, 0, Recipient)),
        [ChainError.IntrinsicGasTooLow] = () => ImportWith(TestChain.Transfer(Sender, 0, Recipient, gasLimit: 20_999)),
        [ChainError.BlockGasLimitReached] = () => ImportWith(TestChain.Transfer(Sender, 0, Recipient, gasLimit: Genesis.DefaultGasLimit + 1)),
        [ChainError.MaxFeeBelowBaseFee] = () => ImportWith(Change(content => content with { MaxFeePerGas = 1, MaxPriorityFeePerGas = 1 })),
        [ChainError.TipAboveMaxFee] = () => Pool(Change(content => content with { MaxFeePerGas = 1, MaxPriorityFeePerGas = 2 })),
        [ChainError.ContractCreationUnsupported] = () => Pool(Change(content => content with { To = null })),
        [ChainError.ContractCallUnsupported] = () => ImportWith(TestChain.Transfer(Sender, 0, Address.FromBytes([.. new byte[19], 9]))),
        [ChainError.ForbiddenByRule] = () => ImportWith(TestChain.Transfer(Sender, 0, Recipient, data: new byte[101], gasLimit: 50_000)),
        [ChainError.NonceAtLimit] = () => Pool(TestChain.Transfer(Sender, ulong.MaxValue, Recipient)),
        [ChainError.BalanceOverflow] = () => ImportWith(TestChain.Transfer(Sender, 0, Rich, value: 2)),
        [ChainError.SenderIsContract] = () => ImportWith(TestChain.Transfer(Contract, 0, Recipient)),
        [ChainError.AlreadyKnown] = () => Pool(Transfer(), Transfer()),
        [ChainError.ReplacementUnderpriced] = () => Pool(Transfer(), TestChain.Transfer(Sender, 0, Address.Zero)),
        [ChainError.PoolFull] = () => Pool(Transfer(), TestChain.Transfer(Sender, 1, Recipient), TestChain.Transfer(Sender, 3, Recipient)),
        [ChainError.OversizedData] = () => Pool(TestChain.Transfer(Sender, 0, Recipient, data: new byte[1_000], gasLimit: 50_000)),
        [ChainError.ExceedsBlockGasLimit] = () => Pool(TestChain.Transfer(Sender, 0, Recipient, gasLimit: Genesis.DefaultGasLimit + 1)),
        [ChainError.Underpriced] = () => Pool(Transfer(), TestChain.Transfer(Sender, 1, Recipient), TestChain.Transfer(Sender, 2, Recipient)),
        [ChainError.AccountLimitExceeded] = () => Pool(TestChain.Transfer(Sender, 1, Recipient), TestChain.Transfer(Sender, 2, Recipient)),
        [ChainError.InvalidGenesis] = () => ReadGenesis("{}"),
        [ChainError.UnsupportedFork] = () => ReadGenesis("""{"config":{"chainId":1,"clique":{},"shanghaiTime":1}}"""),
        [ChainError.WrongForkOrder] = () => ReadGenesis("""{"config":{"chainId":1,"clique":{},"eip150Block":1}}"""),
        [ChainError.UnsupportedEngine] = () => ReadGenesis("""{"config":{"chainId":1,"ethash":{}}}"""),
        [ChainError.WrongProofHeader] = ProofErrors.WrongHeader,
        [ChainError.ProofNodeMismatch] = ProofErrors.NodeMismatch,
        [ChainError.ProofNodeMalformed] = ProofErrors.NodeMalformed,
        [ChainError.ProofIncomplete] = ProofErrors.Incomplete,
        [ChainError.ProofNotMinimal] = ProofErrors.NotMinimal,
        [ChainError.IndexAbsent] = ProofErrors.AbsentIndex,
        [ChainError.UnsupportedReceipt] = ProofErrors.FailedReceipt,
    };

    public static TheoryData<ChainError> Errors => [.. Enum.GetValues<ChainError>()];

    [Theory]
    [MemberData(nameof(Errors))]
    public void Every_error_is_given_where_its_rule_is_broken(ChainError error)
    {
        Assert.True(Ways.TryGetValue(error, out Func<ValidationResult>? way), $"No test gives {error}.");
        ValidationResult result = way();
        Assert.Equal(error, result.Error);
        Assert.False(string.IsNullOrWhiteSpace(result.Message));
    }

    [Fact]
    public void A_rejected_block_leaves_the_chain_as_it_was()
    {
        TestChain chain = Open();
        Block wrong = chain.Alter(chain.Seal(Transfer()), header => header with { StateRoot = Hash256.Zero });
        Assert.Equal(ImportOutcome.Rejected, chain.Chain.Import(wrong, TestChain.Now).Outcome);
        Assert.Equal(0UL, chain.Chain.Head.Header.Number);
        Assert.Null(chain.Chain.FindHeader(wrong.Hash));
        chain.Extend(Transfer());
    }

    [Fact]
    public void A_legacy_transaction_wrapped_as_a_string_is_refused()
    {
        TestChain chain = Open();
        Transaction legacy = Change(content => content with { Type = TransactionType.Legacy });
        Block block = chain.Seal(legacy);
        using var writer = new RlpWriter();
        int list = writer.StartList();
        block.Header.Write(writer);
        int body = writer.StartList();
        writer.Write(legacy.Encoded.Span);
        writer.EndList(body);
        writer.EndList(writer.StartList());
        writer.EndList(list);
        Assert.Equal(ChainError.MalformedRlp, Block.TryDecode(writer.Written, out _).Error);
    }

    private static TestChain Open()
    {
        Genesis genesis = TestChain.GenesisOf(1, funded: Sender);
        var accounts = genesis.Accounts
            .Add(Rich, new GenesisAccount(UInt256.MaxValue - 1))
            .Add(Contract.Address, new GenesisAccount(TestChain.Ether(1)) { Code = new byte[] { 0x00 } });
        return TestChain.Open(genesis with { Accounts = accounts }, rule: new PayloadLimitRule(100));
    }

    private static ValidationResult ReadGenesis(string json) => GenesisJson.TryRead(Encoding.UTF8.GetBytes(json), out _);

    private static Transaction Transfer() => TestChain.Transfer(Sender, 0, Recipient);

    private static Transaction Change(Func<UnsignedTransaction, UnsignedTransaction> change) => change(Transfer().Content).Sign(Sender);

    private static Transaction WithSignature(Transaction transaction, Func<Signature, Signature> change) =>
        Transaction.Create(transaction.Content, change(transaction.Signature));

    private static ValidationResult ImportAltered(Func<BlockHeader, BlockHeader> change)
    {
        TestChain chain = Open();
        return chain.Chain.Import(chain.Alter(chain.Seal(Transfer()), change), TestChain.Now).Verdict;
    }

    // A block with these transactions whoever forbids them: its other roots are those of an empty block and are never reached.
    private static ValidationResult ImportWith(params ImmutableArray<Transaction> transactions)
    {
        TestChain chain = Open();
        Block empty = chain.Seal();
        Block full = chain.Alter(empty, header => header with { TransactionsRoot = BlockBody.TransactionsRoot(transactions) });
        return chain.Chain.Import(new Block(full.Header, transactions), TestChain.Now).Verdict;
    }

    // The verdict on the last of these transactions.
    private static ValidationResult Pool(params Transaction[] transactions)
    {
        var pool = new TransactionPool(Open().Chain, new PoolOptions { MaxTransactions = 2, MaxTransactionBytes = 500, MaxQueuedPerSender = 1 });
        ValidationResult result = default;
        foreach (Transaction transaction in transactions)
        {
            result = pool.Verify(transaction.Encoded, 0, out RecoveredTransaction? recovered);
            if (recovered is not null)
                result = pool.Add(recovered);
        }

        return result;
    }

    private static ValidationResult DecodeBlockWithOmmers()
    {
        Block block = Open().Seal();
        using var writer = new RlpWriter();
        int list = writer.StartList();
        block.Header.Write(writer);
        BlockBody.Write(writer, []);
        int ommers = writer.StartList();
        block.Header.Write(writer);
        writer.EndList(ommers);
        writer.EndList(list);
        return Block.TryDecode(writer.Written, out _);
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Tests.Fuzzing;

/// <summary>Valid encodings to start from: a chain of our own, and blocks of others where the test data has them.</summary>
internal sealed class FuzzCorpus
{
    private static readonly PrivateKey Sender = TestChain.Key("sender");
    private static readonly Address Recipient = TestChain.Key("recipient").Address;

    public FuzzCorpus()
    {
        Chain = TestChain.Open(TestChain.GenesisOf(3, funded: Sender));
        Block = Chain.Extend(Enumerable.Range(0, 4).Select(Numbered));
        IEnumerable<JsonElement> real = Vectors.Exists("txroots.json") ? Vectors.ReadJson("txroots.json").GetProperty("blocks").EnumerateArray() : [];
        Transactions =
        [
            .. Enum.GetValues<TransactionType>().Select(type => OfType(type).Encoded.ToArray()),
            .. real.SelectMany(block => block.GetProperty("transactions").EnumerateArray().Take(4)).Select(item => Hex.Parse(item.GetString())),
        ];
        Headers = [Block.Header.Encode(), Chain.Chain.FindBlock(0)!.Header.Encode(), .. real.Select(block => block.Bytes("header"))];
        Blocks = [Block.Encode(), Chain.Chain.FindBlock(0)!.Encode(), .. GethBlocks()];
    }

    public TestChain Chain { get; }

    /// <summary>A block of the chain with four transactions.</summary>
    public Block Block { get; }

    public ImmutableArray<byte[]> Transactions { get; }

    public ImmutableArray<byte[]> Headers { get; }

    public ImmutableArray<byte[]> Blocks { get; }

    private static Transaction Numbered(int nonce) => TestChain.Transfer(Sender, (ulong)nonce, Recipient, data: new byte[nonce * 40], gasLimit: 60_000);

    private static Transaction OfType(TransactionType type) => new UnsignedTransaction
    {
        Type = type,
        ChainId = 202211,
        Nonce = 7,
        MaxPriorityFeePerGas = type == TransactionType.DynamicFee ? 1UL : TestChain.Gwei,
        MaxFeePerGas = TestChain.Gwei,
        GasLimit = 100_000,
        To = Recipient,
        Value = UInt256.MaxValue,
        Data = "hello"u8.ToArray(),
        AccessList = type == TransactionType.Legacy ? [] : [new(Recipient, [Hash256.Zero, Keccak256.OfEmpty]), new(Sender.Address, [])],
    }.Sign(Sender);

    private static List<byte[]> GethBlocks()
    {
        const string File = "geth_chain_5signers/chain.rlp";
        var blocks = new List<byte[]>();
        var reader = new RlpReader(Vectors.Exists(File) ? Vectors.ReadBytes(File) : []);
        while (reader.HasMore && blocks.Count < 3)
            blocks.Add(reader.ReadEncodedItem().ToArray());

        return blocks;
    }
}

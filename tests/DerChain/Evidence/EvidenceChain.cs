using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Evidence;
using DerChain.Tests.Shared;

namespace DerChain.Tests.Evidence;

/// <summary>A chain whose third block holds three transactions; the second of them is the one that receipts are about.</summary>
internal sealed class EvidenceChain
{
    public const ulong ChainId = 202211;
    public const ulong BlockNumber = 3;
    public const int TransactionIndex = 1;
    public static readonly PrivateKey Sender = TestChain.Key("sender");
    public static readonly Address Recipient = TestChain.Key("recipient").Address;
    public static readonly CliqueParameters Parameters = new(0, 30_000);

    public EvidenceChain(int authorities, byte[]? payload = null, ulong epochLength = 30_000, ulong chainId = ChainId, Address? votedFor = null)
    {
        ChainSpec spec = new() { ChainId = chainId, CliqueEpochLength = epochLength };
        Test = TestChain.Open(TestChain.GenesisOf(authorities, spec, Sender));
        Payload = payload ?? "paid in full"u8.ToArray();
        ImmutableArray<Transaction> transactions =
        [
            .. Enumerable.Range(0, 3).Select(index => TestChain.Transfer(
                Sender, (ulong)index, Recipient, 5, gasLimit: 500_000, data: index == TransactionIndex ? Payload : [], chainId: chainId)),
        ];
        Transaction = transactions[TransactionIndex];
        for (ulong number = 1; number < BlockNumber; number++)
        {
            if (votedFor is { } account)
                ExtendVotingFor(account);
            else
                Test.Extend();
        }

        Test.Extend(transactions);
    }

    public TestChain Test { get; }

    public byte[] Payload { get; }

    public Transaction Transaction { get; }

    public ImmutableArray<Address> Authorities => CliqueAuthorities(Test.Chain.FindBlock(0)!.Header);

    public ReceiptTrust Trust => ReceiptTrust.InAuthorities(ChainId, Authorities, Parameters);

    public EvidenceChain Grow(int blocks)
    {
        for (int block = 0; block < blocks; block++)
            Test.Extend();

        return this;
    }

    public InclusionReceipt Receipt(bool fromCheckpoint = false)
    {
        ValidationResult result = InclusionReceipt.TryCreate(Test.Chain, Transaction.Hash, fromCheckpoint, out InclusionReceipt? receipt);
        Assert.True(result.IsValid, result.ToString());
        return receipt!;
    }

    /// <summary>A block on the head that votes to admit an account.</summary>
    public void ExtendVotingFor(Address account) => Test.Import(Test.Alter(
        Test.Seal(), header => header with { Beneficiary = account, Nonce = CliqueSnapshot.NonceAuthorize }));

    public static (Enum? Error, ProvenTransaction? Proven) Verify(InclusionReceipt receipt, ReceiptTrust trust) => Verify(receipt.Encode(), trust);

    public static (Enum? Error, ProvenTransaction? Proven) Verify(byte[] receipt, ReceiptTrust trust)
    {
        ValidationResult result = ReceiptVerifier.Verify(receipt, trust, out ProvenTransaction? proven);
        Assert.Equal(result.IsValid, proven is not null);
        return (result.Error, proven);
    }

    private static ImmutableArray<Address> CliqueAuthorities(BlockHeader genesis)
    {
        byte[] list = genesis.ExtraData[CliqueExtraData.VanityLength..^CliqueExtraData.SealLength].ToArray();
        return [.. list.Chunk(Address.Length).Select(static bytes => Address.FromBytes(bytes))];
    }
}

using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.Rlp;
using DerChain.Chain.State;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Chain.Tests.Proofs;

/// <summary>Accounts and transactions of a chain that Geth sealed, proven against the hashes that Geth gave its blocks.</summary>
public sealed class GethChainProofTests
{
    private const string Folder = "geth_chain_5signers";

    [Fact]
    public void Every_account_at_every_block_is_proven_by_Geths_header_hash()
    {
        JsonElement[] index = [.. Vectors.ReadJson($"{Folder}/index.json").EnumerateArray()];
        ValidationResult read = GenesisJson.TryRead(Vectors.ReadBytes($"{Folder}/genesis.json"), out Genesis? genesis);
        Assert.True(read.IsValid, read.ToString());
        var chain = Blockchain.Open(new MemoryStore(), genesis!, new CliqueEngine(genesis!.Spec));
        Address[] addresses = [.. genesis.Accounts.Keys, .. index.Skip(1).Select(block => block.Address("signer")).Distinct(), Address.Zero];
        var blocks = new RlpReader(Vectors.ReadBytes($"{Folder}/chain.rlp"));
        blocks.ReadEncodedItem();
        for (int number = 0; number < index.Length; number++)
        {
            if (number > 0)
                AssertImports(chain, blocks.ReadEncodedItem());

            foreach (Address address in addresses)
                AssertProven(chain, address, index[number].Hash("hash"));
        }
    }

    private static void AssertImports(Blockchain chain, ReadOnlySpan<byte> encoded)
    {
        Assert.True(Block.TryDecode(encoded, out Block? block).IsValid);
        Assert.Equal(ImportOutcome.NewHead, chain.Import(block!, TestChain.Now + 1_000_000_000).Outcome);
        foreach (Hash256 hash in block!.Transactions.Select(transaction => transaction.Hash))
        {
            Assert.True(chain.ProveTransaction(hash)!.Verify(block.Hash, out var transaction).IsValid);
            Assert.Equal(hash, transaction!.Hash);
            Assert.True(chain.ProveReceipt(hash)!.Verify(block.Hash, out ProvenReceipt? receipt).IsValid);
            Assert.InRange(receipt!.CumulativeGasUsed, 21_000UL, block.Header.GasUsed);
        }
    }

    private static void AssertProven(Blockchain chain, Address address, Hash256 blockHash)
    {
        ValidationResult result = chain.ProveAccount(address, blockHash)!.Verify(blockHash, out Account? account);
        Assert.True(result.IsValid, result.ToString());
        Assert.Equal(chain.GetAccount(address), account ?? Account.Empty);
    }
}

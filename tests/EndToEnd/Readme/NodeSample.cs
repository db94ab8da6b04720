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
using DerChain.Consensus.Validators.Transports;

namespace DerChain.EndToEnd.Tests.Readme;

/// <summary>The README's sample of running validators, word for word between the marks; a test runs it.</summary>
internal static class NodeSample
{
    public static async Task RunAsync(TextWriter output)
    {
        // README begins
        using PrivateKey user = PrivateKey.Generate(), key1 = PrivateKey.Generate(), key2 = PrivateKey.Generate(), key3 = PrivateKey.Generate();
        PrivateKey[] keys = [key1, key2, key3];
        var genesis = new Genesis
        {
            Spec = new ChainSpec { ChainId = 1337, CliquePeriodSeconds = 0 }, // 0: a block when a transaction waits
            Timestamp = 1_626_336_000,
            ExtraData = CliqueExtraData.ForGenesis(keys.Select(key => key.Address)),
            Accounts = ImmutableSortedDictionary<Address, GenesisAccount>.Empty.Add(user.Address, new GenesisAccount(1_000_000_000_000_000_000)),
        };

        // Nothing drives them: each seals in its turn. The hub connects those of one process; for a network, write an IValidatorTransport.
        var hub = new InProcessHub();
        var nodes = new List<ValidatorNode>();
        foreach (PrivateKey key in keys)
        {
            var engine = new CliqueEngine(genesis.Spec);
            nodes.Add(new ValidatorNode(key, Blockchain.Open(new MemoryStore(), genesis, engine), engine, hub.CreateTransport()));
            await nodes[^1].StartAsync();
        }

        Transaction transfer = new UnsignedTransaction
        {
            ChainId = 1337,
            Nonce = 0,
            MaxPriorityFeePerGas = 1_000_000_000,
            MaxFeePerGas = 20_000_000_000,
            GasLimit = 21_000,
            To = key1.Address,
            Value = 1,
        }.Sign(user);

        // Valid means durable: the node offers it until a final block holds it. Await the block instead of polling.
        ImmutableArray<ValidationResult> verdicts = await nodes[0].SubmitAsync([transfer.Encoded]);
        Block block = await nodes[2].WaitForTransactionAsync(transfer.Hash);
        output.WriteLine($"{verdicts[0]}: block {block.Number} of the third validator");
        foreach (ValidatorNode node in nodes)
            await node.DisposeAsync();
        // README ends
    }
}

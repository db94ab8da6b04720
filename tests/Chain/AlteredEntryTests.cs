using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Tests.Validation;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Tests;

/// <summary>Whatever byte of a stored entry is changed, and whatever entry is taken away: what is read is as it was, or an error.</summary>
public sealed class AlteredEntryTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: Alice);

    private readonly MemoryStore _store = new();
    private readonly string _truth;

    public AlteredEntryTests()
    {
        TestChain chain = Open();
        for (ulong nonce = 0; nonce < 4; nonce++)
            chain.Extend(TestChain.Transfer(Alice, nonce, TestChain.Key($"recipient {nonce}").Address, 3, data: new byte[20], gasLimit: 30_000));

        chain.Chain.NodeEntries.Commit(EntriesOfTheNode());
        _truth = ReadEverything(Open().Chain);
    }

    [Fact]
    public void A_changed_byte_of_any_entry_is_an_error_or_has_no_effect()
    {
        var kinds = new HashSet<char>();
        EachCase.Holds(Entries().ToList(), entry => ChainSchema.Describe(entry.Key), entry =>
        {
            foreach (int index in Places(entry.Value.Length))
            {
                byte[] altered = [.. entry.Value];
                altered[index] ^= 0x04;
                Put(entry.Key, altered);
                AssertTrueOrRefused();
                Put(entry.Key, entry.Value);
            }

            kinds.Add((char)entry.Key[0]);
        });
        Assert.Equal("befghmnprstx", string.Concat(kinds.Order()));
    }

    [Fact]
    public void A_missing_entry_is_an_error_or_has_no_effect() => EachCase.Holds(
        Entries().ToList(), entry => ChainSchema.Describe(entry.Key), entry =>
        {
            var batch = new WriteBatch();
            batch.Delete(entry.Key);
            _store.Commit(batch);

            // Without its location a transaction is not found, and a note may never have been there; only an audit, which reads all blocks, can tell. Of
            // the node's entries nobody but the node knows which there were.
            if (entry.Key[0] is not ((byte)'t' or (byte)'e' or (byte)'x'))
                AssertTrueOrRefused();

            Put(entry.Key, entry.Value);
        });

    [Fact]
    public void Entries_that_changed_places_are_an_error_or_have_no_effect() => EachCase.Holds(
        Entries().GroupBy(entry => entry.Key[0]).Where(kind => kind.Count() > 1).Select(kind => kind.ToList()), kind => $"{(char)kind[0].Key[0]}", kind =>
        {
            for (int index = 1; index < kind.Count; index++)
            {
                Put(kind[index - 1].Key, kind[index].Value);
                Put(kind[index].Key, kind[index - 1].Value);
                AssertTrueOrRefused();
                Put(kind[index - 1].Key, kind[index - 1].Value);
                Put(kind[index].Key, kind[index].Value);
            }
        });

    private TestChain Open() =>
        TestChain.Open(Genesis, _store, new PayloadLimitRule(1_000), clique => new TestEngine(clique, noteInterval: 2));

    private List<KeyValuePair<byte[], byte[]>> Entries() => [.. _store.Range([])];

    // Every byte of a short value; the ends and a seeded choice of a long one.
    private static IEnumerable<int> Places(int length)
    {
        if (length <= 40)
            return Enumerable.Range(0, length);

        var random = new Random(length);
        return [0, 1, length - 1, .. Enumerable.Range(0, 12).Select(_ => random.Next(length))];
    }

    private void AssertTrueOrRefused()
    {
        try
        {
            Assert.Equal(_truth, ReadEverything(Open().Chain));
        }
        catch (StoreException)
        {
            // Refused: what a damaged store should do.
        }
    }

    private string ReadEverything(Blockchain chain)
    {
        var text = new List<string> { $"{chain.Head.Hash} {chain.Head.TotalDifficulty} {PayloadLimitRule.BytesOf(chain.RuleState)}" };
        foreach (Block block in chain.Blocks())
        {
            text.Add(Hex.Format(block.Encode()));
            text.Add(string.Join(',', chain.GetSenders(block)));
            text.Add(string.Join(',', chain.GetReceipts(block)));
            text.Add(EngineNote.Read(_store, block.Hash) is { } note ? Hex.Format(note) : "no note");
            foreach (Transaction transaction in block.Transactions)
                text.Add(chain.FindTransaction(transaction.Hash) is { } found ? $"{found.Block.Hash} {found.Index}" : "not found");
        }

        text.AddRange(chain.NodeEntries.Range([]).Select(entry => $"{Hex.Format(entry.Key)} {Hex.Format(entry.Value)}"));
        text.Add($"{chain.GetAccount(Alice.Address)}");
        text.AddRange(Enumerable.Range(0, 4).Select(index => $"{chain.GetAccount(TestChain.Key($"recipient {index}").Address)}"));
        text.AddRange(Enumerable.Range(1, 3).Select(index => $"{chain.GetAccount(TestChain.Authorities(3)[index - 1].Address)}"));
        return string.Join('\n', text);
    }

    private static WriteBatch EntriesOfTheNode()
    {
        var batch = new WriteBatch();
        batch.Put([1], [2, 3]);
        batch.Put([1, 2], [3]);
        return batch;
    }

    private void Put(byte[] key, byte[] value)
    {
        var batch = new WriteBatch();
        batch.Put(key, value);
        _store.Commit(batch);
    }
}

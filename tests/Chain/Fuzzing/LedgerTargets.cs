using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Chain.Tests.Fuzzing;

/// <summary>Decoders of what travels between validators, and of what a store holds.</summary>
internal static class LedgerTargets
{
    public static IEnumerable<FuzzTarget> All(FuzzCorpus corpus) =>
    [
        new FuzzTarget<RlpItem>("rlp", [.. corpus.Headers, .. corpus.Transactions.Where(static item => item[0] >= 0xc0)], RlpItem.Read, RlpItem.Encode)
        {
            IsRlp = true,
            MaxInputBytes = 4096,
            AllocatedPerByte = 160,
        },
        new FuzzTarget<Transaction>(
            "transaction",
            corpus.Transactions,
            static input => TransactionCodec.TryDecode(input, out Transaction? read).IsValid ? read : null,
            static read => Transaction.Create(read.Content, read.Signature).Encoded.ToArray())
        {
            IsRlp = true,
            AllocatedPerByte = 10,
        },
        new FuzzTarget<BlockHeader>(
            "header", corpus.Headers, static input => BlockHeader.TryDecode(input, out BlockHeader? read).IsValid ? read : null, static read => read.Encode())
        {
            IsRlp = true,
            AllocatedPerByte = 4,
        },
        new FuzzTarget<Block>(
            "block", corpus.Blocks, static input => Block.TryDecode(input, out Block? read).IsValid ? read : null, static read => read.Encode())
        {
            IsRlp = true,
            AllocatedPerByte = 40,
        },
        Receipts(corpus),
        Findings(corpus),
        new FuzzTarget<Segment>("batch segment", [Segment.Sample], Segment.Read, Segment.Encode) { AllocatedPerByte = 24 },
    ];

    private static FuzzTarget<Receipt[]> Receipts(FuzzCorpus corpus) => new(
        "stored receipts",
        [StoredReceipts.Encode(corpus.Chain.Chain.GetReceipts(corpus.Block))],
        input => StoredReceipts.TryDecode(input, corpus.Block)?.ToArray(),
        static read => StoredReceipts.Encode([.. read]))
    {
        IsRlp = true,
        AllocatedPerByte = 4,
    };

    // A checksum follows the RLP; without the right one nothing behind it is reached.
    private static FuzzTarget<BlockFindings> Findings(FuzzCorpus corpus)
    {
        Hash256 block = corpus.Block.Hash;
        var sample = new BlockFindings(TestChain.Ether(1), Keccak256.OfEmpty, corpus.Chain.Chain.GetSenders(corpus.Block));
        return new("findings", [sample.Encode(block)], input => BlockFindings.TryDecode(block, input), read => read.Encode(block))
        {
            IsRlp = true,
            AllocatedPerByte = 8,
            Repair = input => input.Length < 8 || input[^1] % 4 == 0
                ? input
                : [.. input[..^8], .. Keccak256.Hash([.. block.ToBytes(), .. input[..^8]]).ToBytes()[..8]],
        };
    }

    /// <summary>A string or a list, read to the depth that is there.</summary>
    private sealed record RlpItem(byte[] Content, List<RlpItem>? Items)
    {
        public static RlpItem? Read(byte[] input)
        {
            var reader = new RlpReader(input);
            RlpItem read = Read(ref reader);
            return reader.Finish() == RlpError.None ? read : null;
        }

        public static byte[] Encode(RlpItem item)
        {
            using var writer = new RlpWriter();
            item.Write(writer);
            return writer.ToArray();
        }

        private static RlpItem Read(ref RlpReader reader)
        {
            if (!reader.NextIsList)
                return new RlpItem(reader.ReadBytes().ToArray(), null);

            var items = new List<RlpItem>();
            RlpReader list = reader.ReadList();
            while (list.HasMore)
                items.Add(Read(ref list));

            reader.Close(list);
            return new RlpItem([], items);
        }

        private void Write(RlpWriter writer)
        {
            if (Items is null)
            {
                writer.Write(Content);
                return;
            }

            int list = writer.StartList();
            foreach (RlpItem item in Items)
                item.Write(writer);

            writer.EndList(list);
        }
    }

    /// <summary>The writes of a segment.</summary>
    private sealed record Segment(IReadOnlyList<KeyValuePair<byte[], byte[]?>> Writes)
    {
        public static byte[] Sample => Encode(new Segment([new([1], [2, 3]), new([4, 5], null), new([6], [])]));

        public static Segment? Read(byte[] input) => BatchSegment.TryDecode(input) is { } entries
            ? new Segment([.. entries.Select(entry => KeyValuePair.Create(
                entry.Key, entry.ValueOffset < 0 ? null : input.AsSpan(entry.ValueOffset, entry.ValueLength).ToArray()))])
            : null;

        public static byte[] Encode(Segment segment) => BatchSegment.Encode(segment.Writes, int.MaxValue).FirstOrDefault() ?? [];
    }
}

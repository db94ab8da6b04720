using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Rlp;
using DerChain.Chain.Validation;

namespace DerChain.Chain.ChainFiles;

/// <summary>A block of a chain file, decoded.</summary>
internal sealed class PreparedBlock
{
    private readonly EncodedBlock _encoded;

    private PreparedBlock(EncodedBlock encoded, Block? block, ValidationResult verdict)
    {
        _encoded = encoded;
        Block = block;
        Verdict = verdict;
    }

    /// <summary>The block; null where its bytes are not one.</summary>
    public Block? Block { get; }

    /// <summary>Why the bytes are not a block.</summary>
    public ValidationResult Verdict { get; }

    public bool IsGenesis => Block?.Number == 0;

    public static PreparedBlock Decode(EncodedBlock encoded)
    {
        ValidationResult verdict = Block.TryDecode(encoded.Bytes.Span, out Block? block);
        return verdict.IsValid
            ? new PreparedBlock(encoded, block, verdict)
            : new PreparedBlock(
                encoded, null, ValidationResult.Fail(verdict.Error, $"Block {encoded.Index} of the file, at byte {encoded.Offset}: {verdict.Message}"));
    }

    /// <summary>Names the block as well as its bytes allow.</summary>
    public BadBlock Bad(ValidationResult verdict)
    {
        if (Block is not null)
            return new BadBlock(_encoded.Index, Block.Number, Block.Hash, verdict);

        var outer = new RlpReader(_encoded.Bytes.Span);
        RlpReader parts = outer.ReadList();
        ReadOnlySpan<byte> header = parts.ReadEncodedItem();
        return parts.Error == RlpError.None && BlockHeader.TryDecode(header, out BlockHeader? decoded).IsValid
            ? new BadBlock(_encoded.Index, decoded!.Number, Keccak256.Hash(header), verdict)
            : new BadBlock(_encoded.Index, null, null, verdict);
    }
}

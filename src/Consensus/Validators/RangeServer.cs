using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Consensus.Validators;

/// <summary>Answers to what others ask of a chain. Each answer is bounded, whatever is asked.</summary>
internal static class RangeServer
{
    /// <summary>Headers of the canonical chain after the first block of the locator that is on it; none where no block is.</summary>
    public static HeadersReply Answer(HeadersRequest request, Blockchain chain)
    {
        var headers = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        ulong? common = FirstCanonical(request.Locator, chain);
        for (ulong number = (common ?? 0) + 1; common is not null && headers.Count < MessageLimits.Headers; number++)
        {
            if (chain.FindHash(number) is not { } hash || chain.FindHeader(hash) is not { } header)
                break;

            headers.Add(header.Encode());
        }

        return new HeadersReply(request.Id, headers.DrainToImmutable());
    }

    /// <summary>The blocks asked for, up to the first that is not stored or that makes the answer too long.</summary>
    public static BlocksReply Answer(BlocksRequest request, Blockchain chain)
    {
        var blocks = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        int bytes = 0;
        foreach (Hash256 hash in request.Hashes)
        {
            if (chain.FindBlock(hash) is not { } block)
                break;

            byte[] encoded = block.Encode();
            if (blocks.Count > 0 && bytes + encoded.Length > MessageLimits.ReplyBytes)
                break;

            bytes += encoded.Length;
            blocks.Add(encoded);
        }

        return new BlocksReply(request.Id, blocks.DrainToImmutable());
    }

    /// <summary>Hashes of the canonical chain from its head down to genesis, with gaps that double from the tenth on.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="first">A block to name before them; null for none.</param>
    public static ImmutableArray<Hash256> Locator(Blockchain chain, Hash256? first)
    {
        var locator = ImmutableArray.CreateBuilder<Hash256>();
        if (first is { } named)
            locator.Add(named);

        ulong number = chain.Head.Header.Number;
        for (ulong gap = 1; number > 0; number -= Math.Min(number, gap))
        {
            if (chain.FindHash(number) is { } hash)
                locator.Add(hash);

            if (locator.Count >= 10)
                gap *= 2;
        }

        locator.Add(chain.GenesisHash);
        return locator.DrainToImmutable();
    }

    private static ulong? FirstCanonical(ImmutableArray<Hash256> locator, Blockchain chain)
    {
        foreach (Hash256 hash in locator)
        {
            if (chain.FindHeader(hash) is { } header && chain.FindHash(header.Number) == hash)
                return header.Number;
        }

        return null;
    }
}

using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Evidence;

/// <summary>Whether the trust of a verifier reaches the header of a receipt, whose headers are linked (docs/spec/evidence.md, 2.2).</summary>
internal static class HeaderTrust
{
    /// <summary>Checks the header of the receipt's block.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="trust">What the verifier knows.</param>
    /// <param name="sealers">Who sealed the block and those after it, where that was verified.</param>
    public static ValidationResult Check(InclusionReceipt receipt, ReceiptTrust trust, out ImmutableArray<Address> sealers)
    {
        sealers = [];
        ImmutableArray<BlockHeader> headers = receipt.Headers;
        int block = receipt.Ancestors.Length;
        switch (trust)
        {
            case TrustInBlocks blocks:
                return CheckBlocks(headers[block..], blocks);

            case TrustInCheckpoint checkpoint:
                return CheckFromCheckpoint(headers, block, checkpoint, out sealers);

            default:
                var authorities = (TrustInAuthorities)trust;
                return Follow(HeaderWalk.FromAuthorities(authorities.Authorities, authorities.Parameters), headers, block, out sealers);
        }
    }

    // A trusted block vouches for its ancestors, whose hashes it holds.
    private static ValidationResult CheckBlocks(ImmutableArray<BlockHeader> fromBlock, TrustInBlocks trust) =>
        fromBlock.Any(header => trust.Hashes.Contains(header.ComputeHash()))
            ? ValidationResult.Valid
            : Fail(ReceiptError.HeaderNotTrusted, $"Neither block {fromBlock[0].Number}, {fromBlock[0].ComputeHash()}, nor a later one of the receipt is trusted.");

    private static ValidationResult CheckFromCheckpoint(
        ImmutableArray<BlockHeader> headers, int block, TrustInCheckpoint trust, out ImmutableArray<Address> sealers)
    {
        sealers = [];
        Hash256 first = headers[0].ComputeHash();
        if (first != trust.Hash)
            return Fail(ReceiptError.HeaderNotTrusted, $"The receipt begins at block {headers[0].Number}, {first}; {trust.Hash} is trusted.");

        if (block == 0)
            return ValidationResult.Valid;

        ValidationResult result = HeaderWalk.TryFromCheckpoint(headers[0], trust.Parameters, out HeaderWalk? walk);
        return result.IsValid ? Follow(walk!, headers[1..], block - 1, out sealers) : Refused(headers[0], result);
    }

    private static ValidationResult Follow(HeaderWalk walk, ImmutableArray<BlockHeader> headers, int block, out ImmutableArray<Address> sealers)
    {
        sealers = [];
        CliqueSnapshot before = walk.Snapshot;
        var found = new List<Address>();
        for (int index = 0; index < headers.Length; index++)
        {
            if (index == block)
                before = walk.Snapshot;

            ValidationResult result = walk.Follow(headers[index], out Address? signer);
            if (!result.IsValid)
                return Refused(headers[index], result);

            if (walk.MayHaveChanged)
                return Fail(
                    ReceiptError.AuthoritiesUncertain,
                    $"Block {headers[index].Number} votes, and the receipt does not begin at a checkpoint: who may seal after it is not known.");

            if (index >= block && signer is { } sealer)
                found.Add(sealer);
        }

        HashSet<Address> signers = [.. found];
        if (!before.IsMajority(signers) || !walk.Snapshot.IsMajority(signers))
            return Fail(ReceiptError.NotFinal, $"{signers.Count} of {before.Signers.Length} authorities have sealed on block {headers[block].Number}; more than half must have.");

        sealers = [.. found];
        return ValidationResult.Valid;
    }

    private static ValidationResult Refused(BlockHeader header, ValidationResult reason) =>
        Fail(ReceiptError.HeaderRefused, $"Block {header.Number} breaks the rule '{reason.Error}': {reason.Message}");

    private static ValidationResult Fail(ReceiptError error, string message) => ValidationResult.Fail(error, message);
}

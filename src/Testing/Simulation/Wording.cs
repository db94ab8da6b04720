using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Testing.Simulation;

/// <summary>An input of a validator in words, made when a log is read.</summary>
internal sealed class Wording(ValidatorInput input, ValidatorEffectSummary effects)
{
    public override string ToString() => $"{Say(input)}{effects}";

    private static string Say(ValidatorInput input) => input switch
    {
        ValidatorInput.MessageReceived received => $"from {received.From}: {Say(MessageCodec.TryDecode(received.Message.Span), received.Message.Length)}",
        ValidatorInput.TransactionsSubmitted submitted => $"{submitted.Encoded.Length} transactions submitted",
        ValidatorInput.Proposed proposed => $"proposed to {(proposed.Authorizes ? "admit" : "drop")} {proposed.Account}",
        _ => input.ToString(),
    };

    private static string Say(ValidatorMessage? message, int bytes) => message switch
    {
        StatusMessage status => $"status, head {Say(status.Head)}",
        TransactionsMessage transactions => $"{transactions.Transactions.Length} transactions",
        NewBlockMessage block => Block.TryDecode(block.Block.Span, out Block? decoded).IsValid
            ? $"block {Say(new BlockReference(decoded!.Number, decoded.Hash))} on {decoded.Header.ParentHash.ToString()[..10]}, difficulty {decoded.Header.Difficulty}"
            : "a block that is none",
        HeadersRequest request => $"asks for headers ({request.Id})",
        HeadersReply reply => $"{reply.Headers.Length} headers ({reply.Id})",
        BlocksRequest request => $"asks for {request.Hashes.Length} blocks ({request.Id})",
        BlocksReply reply => $"{reply.Blocks.Length} blocks ({reply.Id})",
        _ => $"{bytes} bytes that are no message",
    };

    private static string Say(BlockReference block) => $"{block.Number} {block.Hash.ToString()[..10]}";
}

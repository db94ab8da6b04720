using System.Collections.Immutable;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Validators.Protocol;

/// <summary>What validators say to each other (docs/spec/validator-protocol.md). Blocks, headers and transactions are canonical encodings, judged where they are used.</summary>
internal abstract record ValidatorMessage;

/// <summary>Who the sender says it is and how far its chain goes; sent on connection and again and again, so that what was lost is noticed.</summary>
/// <param name="Genesis">Hash of its block 0.</param>
/// <param name="Validator">The account it seals with: a claim, used for status alone.</param>
/// <param name="Head">Head of its chain.</param>
internal sealed record StatusMessage(Hash256 Genesis, Address Validator, BlockReference Head) : ValidatorMessage;

/// <summary>Transactions for the pool.</summary>
/// <param name="Transactions">At most <see cref="MessageLimits.Transactions"/>.</param>
internal sealed record TransactionsMessage(ImmutableArray<ReadOnlyMemory<byte>> Transactions) : ValidatorMessage;

/// <summary>A block that the sender has just sealed.</summary>
/// <param name="Block">The block.</param>
internal sealed record NewBlockMessage(ReadOnlyMemory<byte> Block) : ValidatorMessage;

/// <summary>Asks for the headers that follow the first of these blocks that is on the receiver's canonical chain.</summary>
/// <param name="Id">Number of the request, for its reply.</param>
/// <param name="Locator">Hashes from the newest down to genesis, with growing gaps.</param>
internal sealed record HeadersRequest(ulong Id, ImmutableArray<Hash256> Locator) : ValidatorMessage;

/// <summary>Answers a <see cref="HeadersRequest"/>.</summary>
/// <param name="Id">Number of the request.</param>
/// <param name="Headers">Consecutive headers, at most <see cref="MessageLimits.Headers"/>; none where nothing follows.</param>
internal sealed record HeadersReply(ulong Id, ImmutableArray<ReadOnlyMemory<byte>> Headers) : ValidatorMessage;

/// <summary>Asks for blocks by hash.</summary>
/// <param name="Id">Number of the request, for its reply.</param>
/// <param name="Hashes">At most <see cref="MessageLimits.Blocks"/>.</param>
internal sealed record BlocksRequest(ulong Id, ImmutableArray<Hash256> Hashes) : ValidatorMessage;

/// <summary>Answers a <see cref="BlocksRequest"/>.</summary>
/// <param name="Id">Number of the request.</param>
/// <param name="Blocks">The first of the blocks that were asked for, in that order; as many as fit into <see cref="MessageLimits.ReplyBytes"/>.</param>
internal sealed record BlocksReply(ulong Id, ImmutableArray<ReadOnlyMemory<byte>> Blocks) : ValidatorMessage;

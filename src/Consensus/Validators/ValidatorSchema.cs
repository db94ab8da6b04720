using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Validators;

/// <summary>Keys of what a validator keeps beside its chain (<see cref="Chain.Storage.NodeEntries"/>), in one place. The first byte tells the kind.</summary>
internal static class ValidatorSchema
{
    /// <summary>First byte of the keys of proposals.</summary>
    public const byte ProposalPrefix = (byte)'v';

    /// <summary>First byte of the keys of accepted transactions.</summary>
    public const byte AcceptedPrefix = (byte)'t';

    /// <summary>'s' + account: the highest block that the key of this account has sealed.</summary>
    public static byte[] Sealed(Address authority) => [(byte)'s', .. authority.ToBytes()];

    /// <summary>'v' + account: what this node's blocks vote of an account.</summary>
    public static byte[] Proposal(Address account) => [ProposalPrefix, .. account.ToBytes()];

    /// <summary>'t' + transaction hash: a transaction that a user of this node has handed in.</summary>
    public static byte[] Accepted(Hash256 transactionHash) => [AcceptedPrefix, .. transactionHash.ToBytes()];
}

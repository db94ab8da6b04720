using System.Buffers.Binary;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Validation;

/// <summary>A rule with a state: the payloads of the whole chain have at most so many bytes together.</summary>
internal sealed class PayloadLimitRule(int limit) : ITransactionRule
{
    public string Identity => $"payload limit {limit}";

    public TransactionRuleState InitialState { get; } = new Used(0);

    public TransactionRuleResult Apply(TransactionRuleState state, ulong unixSeconds, Address sender, Address recipient, ReadOnlySpan<byte> payload)
    {
        int used = ((Used)state).Bytes + payload.Length;
        if (used > limit)
            return TransactionRuleResult.Forbid($"The payloads have {used} bytes; {limit} are allowed.");

        return TransactionRuleResult.Admit(payload.IsEmpty ? state : new Used(used));
    }

    public TransactionRuleState DecodeState(ReadOnlySpan<byte> bytes) => bytes.Length == sizeof(int)
        ? new Used(BinaryPrimitives.ReadInt32BigEndian(bytes))
        : throw new FormatException("Not a count of bytes.");

    public static int BytesOf(TransactionRuleState? state) => ((Used)state!).Bytes;

    private sealed class Used(int bytes) : TransactionRuleState
    {
        public int Bytes { get; } = bytes;

        public override byte[] Encode()
        {
            var encoded = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(encoded, Bytes);
            return encoded;
        }
    }
}

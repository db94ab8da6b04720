using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Pool;

/// <summary>Recovers the senders of transactions that come one at a time. Where two have come from one account, the next is verified under its key first, which
/// takes half the time of a recovery; a wrong guess costs that time once, since the two last are of different accounts then.</summary>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class LikelySender(long maxKeyBytes)
{
    private readonly KnownKeys _keys = new(maxKeyBytes);
    private volatile Recent _recent = new(null, null);

    /// <summary>As <see cref="Transaction.RecoverSender"/>.</summary>
    public Address? Recover(Transaction transaction)
    {
        Recent recent = _recent;
        Address? hint = recent.Last == recent.BeforeLast ? recent.Last : null;
        Address? sender = transaction.Signature.TryRecover(transaction.Content.SigningHash(), _keys, hint)?.Address;
        _recent = new Recent(sender, recent.Last);
        return sender;
    }

    private sealed record Recent(Address? Last, Address? BeforeLast);
}

using System.Numerics;
using DerChain.Chain.Blocks;
using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Pool;

/// <summary>The rules of the pool said once more, as plainly as can be: one list in the order of arrival, everything else derived from it each time.</summary>
internal sealed class OraclePool(Blockchain chain, PoolOptions options)
{
    private List<RecoveredTransaction> _waiting = [];

    public IReadOnlyList<RecoveredTransaction> Waiting => _waiting;

    public ValidationResult Add(RecoveredTransaction transaction) => Add(transaction, _waiting.Count);

    public IEnumerable<RecoveredTransaction> Executable(UInt256 baseFee)
    {
        var left = _waiting.Where(IsExecutable).ToList();
        var done = new HashSet<Hash256>();
        while (true)
        {
            RecoveredTransaction? best = left.Where(transaction => Content(transaction).MaxFeePerGas >= baseFee && !done.Contains(Hash(transaction)))
                .Where(transaction => left.Where(other => IsBefore(other, transaction)).All(other => done.Contains(Hash(other))))
                .OrderByDescending(transaction => TipAt(transaction, baseFee)).FirstOrDefault();
            if (best is null)
                yield break;

            done.Add(Hash(best));
            yield return best;
        }
    }

    public List<RecoveredTransaction> Follow(ImportResult change)
    {
        _waiting = [.. _waiting.Where(StaysAtHead)];
        List<RecoveredTransaction> returning = [.. change.Abandoned.Reverse().SelectMany(Recovered)];
        int arrival = 0;
        var refused = new List<RecoveredTransaction>();
        foreach (RecoveredTransaction transaction in returning)
        {
            if (Add(transaction, arrival).IsValid)
                arrival = _waiting.FindIndex(waiting => Hash(waiting) == Hash(transaction)) + 1;
            else if (chain.FindTransaction(Hash(transaction)) is null)
                refused.Add(transaction);
        }

        return refused;
    }

    private static UnsignedTransaction Content(RecoveredTransaction transaction) => transaction.Transaction.Content;

    private static Hash256 Hash(RecoveredTransaction transaction) => transaction.Transaction.Hash;

    private static BigInteger Cost(RecoveredTransaction transaction) =>
        (BigInteger)Content(transaction).MaxFeePerGas * Content(transaction).GasLimit + Content(transaction).Value;

    // Negative where the highest price is below the base fee.
    private static BigInteger TipAt(RecoveredTransaction transaction, BigInteger baseFee) =>
        BigInteger.Min(Content(transaction).MaxPriorityFeePerGas, Content(transaction).MaxFeePerGas - baseFee);

    private static bool IsBefore(RecoveredTransaction other, RecoveredTransaction transaction) =>
        other.Sender == transaction.Sender && Content(other).Nonce < Content(transaction).Nonce;

    private static bool Bumps(BigInteger offered, BigInteger present) => offered > present && offered >= present * 110 / 100;

    private IEnumerable<RecoveredTransaction> Recovered(Block block) =>
        block.Transactions.Zip(chain.GetSenders(block), (transaction, sender) => new RecoveredTransaction(transaction, sender));

    private bool StaysAtHead(RecoveredTransaction transaction)
    {
        Account account = chain.GetAccount(transaction.Sender);
        return Content(transaction).Nonce >= account.Nonce && Cost(transaction) <= account.Balance
            && Content(transaction).GasLimit <= chain.Head.Header.GasLimit;
    }

    private bool IsExecutable(RecoveredTransaction transaction)
    {
        ulong nonce = chain.GetAccount(transaction.Sender).Nonce;
        while (nonce < Content(transaction).Nonce && Find(transaction.Sender, nonce) is not null)
            nonce++;

        return nonce == Content(transaction).Nonce;
    }

    private RecoveredTransaction? Find(Address sender, ulong nonce) =>
        _waiting.Find(waiting => waiting.Sender == sender && Content(waiting).Nonce == nonce);

    private ValidationResult Add(RecoveredTransaction transaction, int arrival)
    {
        UnsignedTransaction content = Content(transaction);
        Account account = chain.GetAccount(transaction.Sender);
        List<RecoveredTransaction> own = [.. _waiting.Where(waiting => waiting.Sender == transaction.Sender)];
        RecoveredTransaction? present = Find(transaction.Sender, content.Nonce);
        BigInteger others = own.Where(IsExecutable).Where(waiting => waiting != present).Aggregate(BigInteger.Zero, (sum, waiting) => sum + Cost(waiting));
        if (_waiting.Exists(waiting => Hash(waiting) == Hash(transaction)))
            return Fail(ChainError.AlreadyKnown);

        if (content.Nonce < account.Nonce)
            return Fail(ChainError.NonceTooLow);

        if (account.Balance < Cost(transaction) + others)
            return Fail(ChainError.InsufficientFunds);

        if (present is not null)
        {
            if (!Bumps(content.MaxFeePerGas, Content(present).MaxFeePerGas) || !Bumps(content.MaxPriorityFeePerGas, Content(present).MaxPriorityFeePerGas))
                return Fail(ChainError.ReplacementUnderpriced);
        }
        else if (own.Count(waiting => !IsExecutable(waiting)) >= options.MaxQueuedPerSender && WouldWait(account.Nonce, own, content.Nonce))
        {
            return Fail(ChainError.AccountLimitExceeded);
        }

        return MakeRoom(transaction, present, arrival);
    }

    private static bool WouldWait(ulong nonce, List<RecoveredTransaction> own, ulong offered)
    {
        while (nonce < offered && own.Exists(waiting => Content(waiting).Nonce == nonce))
            nonce++;

        return nonce < offered;
    }

    private ValidationResult MakeRoom(RecoveredTransaction transaction, RecoveredTransaction? present, int arrival)
    {
        List<RecoveredTransaction> before = [.. _waiting];
        _waiting.Insert(arrival, transaction);
        if (present is not null)
            _waiting.Remove(present);

        while (_waiting.Count > options.MaxTransactions || _waiting.Sum(waiting => (long)waiting.Transaction.Encoded.Length) > options.MaxBytes)
        {
            (RecoveredTransaction worst, bool isExecutable, BigInteger tip) = Worst();
            _waiting.Remove(worst);
            if (worst != transaction)
                continue;

            (_, bool isNextExecutable, BigInteger nextTip) = Worst();
            _waiting = before;
            return Fail(isExecutable == isNextExecutable && tip <= nextTip ? ChainError.Underpriced : ChainError.PoolFull);
        }

        return ValidationResult.Valid;
    }

    private (RecoveredTransaction Transaction, bool IsExecutable, BigInteger Tip) Worst() => _waiting
        .Select((transaction, arrival) => (Transaction: transaction, IsExecutable: IsExecutable(transaction), Tip: TipAt(transaction, chain.NextBaseFeePerGas), arrival))
        .Where(candidate => !_waiting.Exists(other => IsBefore(candidate.Transaction, other)))
        .OrderBy(candidate => candidate.IsExecutable).ThenBy(candidate => candidate.Tip).ThenByDescending(candidate => candidate.arrival)
        .Select(candidate => (candidate.Transaction, candidate.IsExecutable, candidate.Tip)).First();

    private static ValidationResult Fail(ChainError error) => ValidationResult.Fail(error, "The oracle says so.");
}

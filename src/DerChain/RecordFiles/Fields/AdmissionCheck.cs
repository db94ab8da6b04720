using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;

namespace DerChain.RecordFiles.Fields;

/// <summary>Checks that the rule of the market admits each record after those before it.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class AdmissionCheck
{
    private readonly MarketRule _rule;
    private readonly ProblemList _problems;

    public AdmissionCheck(Address systemOperator, ProblemList problems)
    {
        _rule = new MarketRule(systemOperator);
        _problems = problems;
        Registry = (Registry)_rule.InitialState;
    }

    /// <summary>Who takes part and which devices there are after the records so far.</summary>
    public Registry Registry { get; private set; }

    /// <summary>Checks a record that breaks no rule of its own.</summary>
    public void Check(LocatedRecord record)
    {
        LedgerEntry entry = record.Filed.Entry;
        ulong at = (ulong)Math.Max(entry.Location.BlockUnixSeconds, 0);
        TransactionRuleResult result = _rule.Apply(Registry, at, entry.Sender, entry.Receiver, RecordCodec.Encode(entry.Record));
        if (result.Next is { } next) Registry = (Registry)next;
        else _problems.Add(record.File, record.Line, "sender", $"{entry.Sender}", $"may not send this record: {result.Violation}");
    }
}

using DerChain.Market.Ledger;

namespace DerChain.RecordFiles.Fields;

/// <summary>Checks that records stand on a chain exactly where their files say, and that the chain has no others. Both are read once, side by side.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class ChainCheck : IDisposable
{
    private readonly IEnumerator<LedgerEntry> _chain;
    private readonly string _file;
    private readonly ProblemList _problems;
    private bool _hasNext;

    /// <param name="chain">The chain's records of the export's filter.</param>
    /// <param name="file">The file that a record is missing from, where several may.</param>
    /// <param name="problems">Where problems go.</param>
    public ChainCheck(IEnumerable<LedgerEntry> chain, string file, ProblemList problems)
    {
        _chain = chain.GetEnumerator();
        _file = file;
        _problems = problems;
        _hasNext = _chain.MoveNext();
    }

    private (ulong, int) Position => (_chain.Current.Location.BlockNumber, _chain.Current.Location.TransactionIndex);

    public void Check(LocatedRecord record)
    {
        while (_hasNext && Position.CompareTo(record.Filed.Position) < 0) ReportMissing();
        if (_hasNext && Position == record.Filed.Position)
        {
            Compare(record, record.Filed, new FiledRecord(_chain.Current, _chain.Current.RecordHash));
            _hasNext = _chain.MoveNext();
        }
        else
        {
            Report(record, "blockNumber", $"{record.Filed.Position.BlockNumber}",
                $"has no record at transaction {record.Filed.Position.TransactionIndex} on the chain that is not on a line before");
        }
    }

    /// <summary>What the chain still has is missing from the files.</summary>
    public void Finish()
    {
        while (_hasNext) ReportMissing();
    }

    public void Dispose() => _chain.Dispose();

    private void Compare(LocatedRecord record, FiledRecord filed, FiledRecord expected)
    {
        RecordLocation place = filed.Entry.Location;
        RecordLocation real = expected.Entry.Location;
        CompareOne("blockHash", place.BlockHash, real.BlockHash);
        CompareOne("blockUnixSeconds", place.BlockUnixSeconds, real.BlockUnixSeconds);
        CompareOne("transactionHash", place.TransactionHash, real.TransactionHash);
        CompareOne("sender", filed.Entry.Sender, expected.Entry.Sender);
        CompareOne("receiver", filed.Entry.Receiver, expected.Entry.Receiver);
        CompareOne("recordHash", filed.RecordHash, expected.RecordHash);

        void CompareOne<T>(string name, T stated, T onChain)
            where T : struct, IEquatable<T>
        {
            if (!stated.Equals(onChain)) Report(record, name, $"{stated}", $"is not that of the chain, which is {onChain}");
        }
    }

    private void ReportMissing()
    {
        LedgerEntry entry = _chain.Current;
        _problems.Add(
            _file, 0, null, null,
            $"{entry.Record.Kind} at block {entry.Location.BlockNumber}, transaction {entry.Location.TransactionIndex} is on the chain, but not in the files of this format");
        _hasNext = _chain.MoveNext();
    }

    private void Report(LocatedRecord record, string name, string value, string reason) => _problems.Add(record.File, record.Line, name, value, reason);
}

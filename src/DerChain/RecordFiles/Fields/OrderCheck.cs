namespace DerChain.RecordFiles.Fields;

/// <summary>Checks that the records of each file ascend in the order of the chain.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class OrderCheck(ProblemList problems)
{
    private readonly Dictionary<string, (ulong BlockNumber, int TransactionIndex)> _lastOfFile = new(StringComparer.Ordinal);

    public void Check(LocatedRecord record)
    {
        (ulong BlockNumber, int TransactionIndex) position = record.Filed.Position;
        if (_lastOfFile.TryGetValue(record.File, out (ulong BlockNumber, int TransactionIndex) last) && position.CompareTo(last) <= 0)
            problems.Add(record.File, record.Line, "blockNumber", $"{position.BlockNumber}", "does not come after the record before, in the order of block and transaction");
        _lastOfFile[record.File] = position;
    }
}

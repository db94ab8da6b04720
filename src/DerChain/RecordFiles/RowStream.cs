namespace DerChain.RecordFiles;

/// <summary>The rows of one file in the order of their instants, one instant at a time.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class RowStream : IDisposable
{
    private readonly RecordTable _table;
    private readonly MessageOrder? _order;
    private readonly CsvReader _file;
    private FileRow? _next;

    /// <param name="folder">Where the file is.</param>
    /// <param name="table">The file.</param>
    /// <param name="order">The day's participants; null where these are not known: then rows are read for their form alone.</param>
    /// <param name="problems">Where problems go.</param>
    public RowStream(string folder, RecordTable table, MessageOrder? order, ProblemList problems)
    {
        _table = table;
        _order = order;
        _file = new CsvReader(Path.Combine(folder, table.File), table.Columns, allowsOthers: false, problems);
        Advance(long.MinValue);
    }

    /// <summary>Instant of the next rows; null at the end of the file.</summary>
    public long? NextInstant => _next?.Key.RecordedAt;

    /// <summary>Number of rows read so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Takes the rows of an instant.</summary>
    public void Take(long instant, List<FileRow> rows)
    {
        while (_next is { } row && row.Key.RecordedAt == instant)
        {
            rows.Add(row);
            Advance(instant);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Advance(long earliest)
    {
        _next = null;
        while (_next is null && _file.NextRow())
        {
            Rows++;
            MessageHead head = _table.Head.Read(_file);
            object row = _table.Row.Read(_file);
            if (_file.Refusals == 0 && head.Sent.RecordedAtUnixSeconds < earliest)
                _file.Refuse(HeadLayouts.RecordedAt, "is earlier than that of a row before");
            if (_file.Refusals == 0 && _order is not null)
                CheckParticipants(head.Sent, _order);
            if (_file.Refusals == 0)
                _next = new FileRow(_table, _file.Line, KeyOf(head), head, row);
        }
    }

    private void CheckParticipants(Sending sent, MessageOrder order)
    {
        if (!order.Knows(sent.Sender)) _file.Refuse(HeadLayouts.Sender, $"is not in {FleetFiles.Participants}");
        if (!order.Knows(sent.Receiver)) _file.Refuse(HeadLayouts.Receiver, $"is not in {FleetFiles.Participants}");
    }

    private MessageKey KeyOf(MessageHead head) =>
        _order?.KeyOf(head) ?? new MessageKey(head.Sent.RecordedAtUnixSeconds, 0, 0, 0, 0, "");
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>Puts the messages of a day together from the rows of all files, and judges each.</summary>
internal sealed class MessageReading(DayRules rules, ProblemList problems)
{
    /// <summary>Most rows of a day: some two gigabytes of memory, 20 times the case study.</summary>
    public const long MostRows = 10_000_000;

    private readonly ImmutableArray<ScenarioMessage>.Builder _messages = ImmutableArray.CreateBuilder<ScenarioMessage>();

    /// <summary>The messages of the day, in its order.</summary>
    public static ImmutableArray<ScenarioMessage> Read(string folder, MessageOrder order, DayRules rules, ProblemList problems)
    {
        var reading = new MessageReading(rules, problems);
        foreach (List<FileRow> instant in Instants(folder, order, problems))
            reading.Add(instant);
        return reading._messages.DrainToImmutable();
    }

    /// <summary>Looks at the form of all rows, where participants and devices are not known.</summary>
    public static void CheckForm(string folder, ProblemList problems)
    {
        foreach (List<FileRow> instant in Instants(folder, order: null, problems))
            instant.Clear();
    }

    private static IEnumerable<List<FileRow>> Instants(string folder, MessageOrder? order, ProblemList problems)
    {
        var streams = new List<RowStream>();
        try
        {
            foreach (RecordTable table in RecordTables.All)
                if (FolderFiles.Exists(folder, table.File, problems)) streams.Add(new RowStream(folder, table, order, problems));
            var rows = new List<FileRow>();
            while (streams.Min(static stream => stream.NextInstant) is { } instant && !IsTooLong(streams, problems))
            {
                rows.Clear();
                foreach (RowStream stream in streams) stream.Take(instant, rows);
                yield return rows;
            }
        }
        finally
        {
            foreach (RowStream stream in streams) stream.Dispose();
        }
    }

    private static bool IsTooLong(List<RowStream> streams, ProblemList problems)
    {
        if (streams.Sum(static stream => stream.Rows) <= MostRows) return false;
        problems.Add(ScenarioDescription.File, 0, null, null, $"describes a day of more than {MostRows} rows, the most there may be");
        return true;
    }

    private void Add(List<FileRow> instant)
    {
        instant.Sort(Compare);
        Span<FileRow> rows = CollectionsMarshal.AsSpan(instant);
        while (!rows.IsEmpty)
        {
            int length = 1;
            while (length < rows.Length && rows[length].Key == rows[0].Key) length++;
            Add(rows[..length]);
            rows = rows[length..];
        }
    }

    private void Add(ReadOnlySpan<FileRow> rows)
    {
        if (Disagree(rows) || Repeat(rows)) return;
        ScenarioMessage message = MessageOf(rows);
        if (rules.Check(message) is { } sentence)
            new RowFault(rules, problems).Report(rows, sentence);
        else
            _messages.Add(message);
    }

    private bool Disagree(ReadOnlySpan<FileRow> rows)
    {
        foreach (FileRow row in rows)
        {
            if (row.Head == rows[0].Head) continue;
            RowFault.ReportDisagreement(rows[0], row, problems);
            return true;
        }

        return false;
    }

    private bool Repeat(ReadOnlySpan<FileRow> rows)
    {
        for (int index = 1; index < rows.Length; index++)
        {
            if (MessageOrder.CompareRows(rows[index - 1].Row, rows[index].Row) != 0) continue;
            string reason = $"repeats line {rows[index - 1].Line}: one message has one row for each";
            problems.Add(rows[index].Table.File, rows[index].Line, null, null, reason);
            return true;
        }

        return false;
    }

    /// <summary>The message that some of its rows make.</summary>
    internal static ScenarioMessage MessageOf(ReadOnlySpan<FileRow> rows)
    {
        var values = new object[rows.Length];
        for (int index = 0; index < rows.Length; index++) values[index] = rows[index].Row;
        Sending sent = rows[0].Head.Sent;
        return new ScenarioMessage(sent.RecordedAtUnixSeconds, sent.Sender, sent.Receiver, rows[0].Head.With(values));
    }

    private static int Compare(FileRow left, FileRow right)
    {
        int order = left.Key.CompareTo(right.Key);
        if (order == 0) order = MessageOrder.CompareRows(left.Row, right.Row);
        return order == 0 ? left.Line.CompareTo(right.Line) : order;
    }
}

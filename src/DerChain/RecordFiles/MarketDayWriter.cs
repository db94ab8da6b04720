using System.Text;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>Writes the files of a market day, message by message.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class MarketDayWriter : IDisposable
{
    private readonly Dictionary<RecordTable, StreamWriter> _files = [];
    private readonly RowText _text = new();
    private readonly MessageOrder _order;
    private readonly DayRules _rules;
    private MessageKey? _last;

    private MarketDayWriter(MarketDay day, ulong seed)
    {
        _order = new MessageOrder(day.Participants);
        _rules = new DayRules(day, seed);
    }

    /// <exception cref="ArgumentException">Files cannot hold the day.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(MarketDay day, ulong seed, ulong chainId, string folder)
    {
        using var writer = new MarketDayWriter(day, seed);
        if (writer._rules.RegistrationError is { } error)
            throw new ArgumentException($"The day's participants cannot be registered: {error}", nameof(day));
        ScenarioJsonWriter.Write(
            new ScenarioDescription(
                seed, chainId, day.Day, day.Aggregation, day.SystemOperator, day.Aggregator, day.FleetDescription, day.Origin),
            Path.Combine(folder, ScenarioDescription.File));
        writer.WriteRows(Path.Combine(folder, FleetFiles.Participants), FleetFiles.Participant, day.Participants);
        writer.WriteRows(Path.Combine(folder, FleetFiles.Resources), FleetFiles.Resource, day.Resources);
        foreach (RecordTable table in RecordTables.All)
            writer._files.Add(table, Create(Path.Combine(folder, table.File), table.Columns));
        foreach (ScenarioMessage message in day.Messages) writer.Write(message);
        foreach (StreamWriter file in writer._files.Values) file.Flush();
    }

    public void Dispose()
    {
        foreach (StreamWriter file in _files.Values) file.Dispose();
    }

    private void Write(ScenarioMessage message)
    {
        if (_rules.Check(message) is { } sentence)
            throw Refusal(message, sentence);
        MessageHead head = MessageHead.Of(message);
        MessageKey key = _order.KeyOf(head);
        if (_last is { } last && last.CompareTo(key) >= 0)
            throw Refusal(message, $"it stands out of the order of record files, {key} after {last}.");
        _last = key;
        foreach ((RecordTable table, object row) in RecordTables.RowsOf(message.Record))
            _files[table].WriteLine(table.Text(_text, head, row));
    }

    private static ArgumentException Refusal(ScenarioMessage message, string sentence) =>
        new($"{message.Record.Kind} of {message.Sender} to {message.Receiver} cannot be written: {sentence}");

    private void WriteRows<T>(string path, CellLayout<T> layout, IEnumerable<T> rows)
    {
        using StreamWriter file = Create(path, layout.Columns);
        foreach (T row in rows)
        {
            layout.Write(_text, row);
            file.WriteLine(_text.Take());
        }
    }

    private static StreamWriter Create(string path, IEnumerable<string> columns)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var file = new StreamWriter(path, append: false, utf8, bufferSize: 1 << 16) { NewLine = "\n" };
        file.WriteLine(string.Join(',', columns));
        return file;
    }
}

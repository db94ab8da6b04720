using System.Globalization;

namespace DerChain.RecordFiles;

/// <summary>Something wrong in a file, and where.</summary>
/// <param name="File">Name of the file, such as <c>telemetry-meters.csv</c>.</param>
/// <param name="Line">Line of the file, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">Name of the column, or of the property of a JSON file; null where no single one is meant.</param>
/// <param name="Value">What stands there, control characters made visible, at most 60 characters; null where there is no single
/// value.</param>
/// <param name="Reason">What is wrong with it: a sentence without its subject, in English.</param>
public sealed record FileProblem(string File, int Line, string? Column, string? Value, string Reason)
{
    /// <summary>One line for a reader: <c>telemetry-meters.csv:17: net_power_w '12x': is not a whole number</c>.</summary>
    public override string ToString()
    {
        string place = Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
        string subject = string.Join(' ', new[] { Column, Value is null ? null : $"'{Value}'" }.Where(static part => part is not null));
        return subject.Length == 0 ? $"{place}: {Reason}" : $"{place}: {subject}: {Reason}";
    }
}

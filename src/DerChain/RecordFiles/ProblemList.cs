using System.Collections.Immutable;

namespace DerChain.RecordFiles;

/// <summary>Collects what is wrong: counts all, keeps the first.</summary>
internal sealed class ProblemList
{
    public const int MostListed = 1_000;
    private const int LongestValue = 60;

    private readonly List<FileProblem> _listed = [];
    private readonly Dictionary<string, int> _fileOrder = [];

    public long Count { get; private set; }

    /// <summary>Gives a file its place in the list before it has a problem.</summary>
    public void Open(string file) => _fileOrder.TryAdd(file, _fileOrder.Count);

    public void Add(string file, int line, string? column, string? value, string reason)
    {
        Count++;
        Open(file);
        if (_listed.Count < MostListed)
            _listed.Add(new FileProblem(file, line, column, value is null ? null : Visible(value), reason));
    }

    public ImmutableArray<FileProblem> Listed() =>
        [.. _listed.OrderBy(problem => _fileOrder[problem.File]).ThenBy(static problem => problem.Line)];

    private static string Visible(string value)
    {
        string start = value.Length <= LongestValue ? value : string.Concat(value.AsSpan(0, LongestValue - 1), "…");
        return string.Create(start.Length, start, static (visible, text) =>
        {
            for (int index = 0; index < text.Length; index++)
                visible[index] = char.IsControl(text[index]) || char.IsSurrogate(text[index]) ? '\uFFFD' : text[index];
        });
    }
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace DerChain.RecordFiles;

/// <summary>What came of reading files: the value they hold, or everything that is wrong with them.</summary>
/// <typeparam name="T">What the files hold.</typeparam>
/// <threadsafety>Immutable.</threadsafety>
public sealed class FileReading<T>
    where T : class
{
    private FileReading(T? value, ImmutableArray<FileProblem> problems, long problemCount)
    {
        Value = value;
        Problems = problems;
        ProblemCount = problemCount;
    }

    /// <summary>What the files hold; null where there is a problem.</summary>
    public T? Value { get; }

    /// <summary>The first 1,000 problems that were found, by file in reading order, then by line. Empty where there is a value.</summary>
    public ImmutableArray<FileProblem> Problems { get; }

    /// <summary>Number of all problems, the unlisted ones too.</summary>
    public long ProblemCount { get; }

    /// <summary>True where the files hold a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null;

    internal static FileReading<T> Of(T value) => new(value, [], 0);

    internal static FileReading<T> Refused(ProblemList problems) => new(null, problems.Listed(), problems.Count);
}

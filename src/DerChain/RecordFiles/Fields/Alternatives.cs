using System.Collections.Immutable;

namespace DerChain.RecordFiles.Fields;

/// <summary>One type that a value may have, and its fields.</summary>
internal sealed record Alternative<T>(string Word, Func<T, bool> Is, Func<RecordFields, T?, T> Visit)
    where T : class
{
    public static Alternative<T> Of<TCase>(Func<RecordFields, TCase?, TCase> visit)
        where TCase : class, T => new(typeof(TCase).Name, static value => value is TCase, (fields, value) => visit(fields, (TCase?)value));
}

/// <summary>The types that a value may have.</summary>
/// <param name="isOptional">The value may be absent.</param>
/// <param name="all">The types.</param>
internal sealed class Alternatives<T>(bool isOptional, params ImmutableArray<Alternative<T>> all)
    where T : class
{
    public bool IsOptional { get; } = isOptional;

    public ImmutableArray<Alternative<T>> All { get; } = all;

    public Alternative<T> Of(T value) =>
        All.FirstOrDefault(alternative => alternative.Is(value))
        ?? throw new ArgumentException($"{value.GetType().Name} has no form in the record files.", nameof(value));

    public Alternative<T>? Find(ReadOnlySpan<char> word)
    {
        foreach (Alternative<T> alternative in All)
            if (word.SequenceEqual(alternative.Word)) return alternative;
        return null;
    }

    /// <summary>What the word must be, for a problem.</summary>
    public string Expected => $"one of {string.Join(", ", All.Select(static alternative => alternative.Word))}";
}

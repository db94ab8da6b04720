using Xunit.Sdk;

namespace DerChain.Tests.Shared;

/// <summary>Checks every case of a table and reports all that fail, by name; a table without cases fails.</summary>
internal static class EachCase
{
    public static void Holds<T>(IEnumerable<T> cases, Func<T, string> nameOf, Action<T> check)
    {
        var failures = new List<string>();
        int count = 0;
        foreach (T item in cases)
        {
            count++;
            if (Record.Exception(() => check(item)) is { } exception)
                failures.Add($"{nameOf(item)}: {exception.GetType().Name}: {exception.Message}");
        }

        if (count == 0)
            throw new XunitException("The table has no cases.");

        if (failures.Count > 0)
            throw new XunitException($"{failures.Count} of {count} cases fail:\n{string.Join('\n', failures)}");
    }
}

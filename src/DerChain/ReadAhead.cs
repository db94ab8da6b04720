using System.Collections.Concurrent;

namespace DerChain;

/// <summary>Takes the items of a sequence on a thread of its own, some ahead of whoever uses them.</summary>
internal static class ReadAhead
{
    /// <summary>The same items in the same order. What the sequence throws is thrown behind the items before it.</summary>
    /// <param name="source">The sequence; used on the other thread alone, and no more once the enumeration has ended or was given up.</param>
    /// <param name="items">Items that may wait, at least 1.</param>
    public static IEnumerable<T> Of<T>(IEnumerable<T> source, int items)
    {
        using var waiting = new BlockingCollection<T>(items);
        using var givenUp = new CancellationTokenSource();
        Task taking = Task.Factory.StartNew(
            () => TakeAll(source, waiting, givenUp.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (T item in waiting.GetConsumingEnumerable())
                yield return item;
        }
        finally
        {
            givenUp.Cancel();
            Task.WaitAny(taking);
        }

        taking.GetAwaiter().GetResult();
    }

    private static void TakeAll<T>(IEnumerable<T> source, BlockingCollection<T> waiting, CancellationToken givenUp)
    {
        try
        {
            foreach (T item in source)
                waiting.Add(item, givenUp);
        }
        catch (OperationCanceledException) when (givenUp.IsCancellationRequested)
        {
            // Nobody takes the rest.
        }
        finally
        {
            waiting.CompleteAdding();
        }
    }
}

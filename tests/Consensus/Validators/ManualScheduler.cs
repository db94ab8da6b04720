using System.Collections.Concurrent;
using Xunit.Sdk;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>Runs tasks on the thread of the test, when it says so: nodes on it do the same in every run.</summary>
internal sealed class ManualScheduler : TaskScheduler
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly BlockingCollection<Task?> _queued = [];

    /// <summary>Runs what is queued, and what that queues.</summary>
    public void RunUntilIdle()
    {
        while (_queued.TryTake(out Task? task))
        {
            if (task is not null)
                TryExecuteTask(task);
        }
    }

    /// <summary>Runs what is queued until a task has ended.</summary>
    public void RunUntil(Task ended)
    {
        ended.ContinueWith(_ => _queued.Add(null), Default);
        while (!ended.IsCompleted)
        {
            if (!_queued.TryTake(out Task? task, Patience))
                throw new XunitException("The task does not end.");

            if (task is not null)
                TryExecuteTask(task);
        }

        ended.GetAwaiter().GetResult();
    }

    /// <summary>Runs what is queued until a task has ended.</summary>
    public T RunUntil<T>(Task<T> ended)
    {
        RunUntil((Task)ended);
        return ended.GetAwaiter().GetResult();
    }

    protected override IEnumerable<Task> GetScheduledTasks() => _queued.OfType<Task>();

    protected override void QueueTask(Task task) => _queued.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
}

using System.Collections.Immutable;
using DerChain.Chain.Validation;

namespace DerChain.Consensus.Validators;

/// <summary>A call of a node's user on its way to the loop and back.</summary>
internal sealed class NodeCall(ValidatorInput input)
{
    private readonly TaskCompletionSource<ImmutableArray<ValidationResult>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValidatorInput Input { get; } = input;

    /// <summary>The verdicts where transactions were submitted; else none.</summary>
    public Task<ImmutableArray<ValidationResult>> Done => _done.Task;

    public void Answer(ImmutableArray<ValidationResult> verdicts) => _done.TrySetResult(verdicts);

    public void Fail(Exception exception) => _done.TrySetException(exception);
}

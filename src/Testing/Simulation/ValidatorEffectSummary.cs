using System.Collections.Immutable;
using DerChain.Consensus.Validators;

namespace DerChain.Testing.Simulation;

/// <summary>The effects of a step in words, made when a log is read.</summary>
internal sealed class ValidatorEffectSummary(ImmutableArray<ValidatorEffect> effects)
{
    public override string ToString() => string.Concat(effects.Select(static effect => effect switch
    {
        ValidatorEffect.BlockSealed sealing => $" -> sealed {sealing.Block.Number} {sealing.Block.Hash.ToString()[..10]}",
        ValidatorEffect.HeadMoved { Change.Abandoned.IsEmpty: false } moved => $" -> left {moved.Change.Abandoned.Length} blocks for {moved.Change.Adopted.Length}",
        ValidatorEffect.Disconnect disconnect => $" -> disconnects {disconnect.Peer}: {disconnect.Reason}",
        ValidatorEffect.StatusChanged changed => $" -> {changed.Status.Seal}{(changed.Status.IsCatchingUp ? ", catching up" : "")}",
        _ => "",
    }));
}

using System.Collections.Immutable;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Consensus.Validators;

/// <summary>The effects of one step, as they come up.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class EffectList
{
    private readonly ImmutableArray<ValidatorEffect>.Builder _effects = ImmutableArray.CreateBuilder<ValidatorEffect>();

    public void Add(ValidatorEffect effect) => _effects.Add(effect);

    public void Send(PeerId to, ValidatorMessage message) => _effects.Add(new ValidatorEffect.Send([to], MessageCodec.Encode(message)));

    public void Send(ImmutableSortedSet<PeerId> to, ValidatorMessage message)
    {
        if (!to.IsEmpty)
            _effects.Add(new ValidatorEffect.Send([.. to], MessageCodec.Encode(message)));
    }

    public ImmutableArray<ValidatorEffect> Take() => _effects.DrainToImmutable();
}

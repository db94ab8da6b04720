using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>A half-open span of steps [first, end) in which the ISO calls the awarded reserve.</summary>
internal readonly record struct StepSpan(int First, int End)
{
    public bool Contains(int step) => step >= First && step < End;
}

/// <summary>What happens on the day that nobody planned for.</summary>
/// <param name="Activations">When the awarded reserve is called, in order and apart from each other.</param>
/// <param name="Cloud">When clouds pass over the panels, or null.</param>
/// <remarks>The times were chosen so that the short hours are the paper's; how they come about is emergent. Source: docs/spec/market.md, 5.3,
/// point 5.</remarks>
internal sealed record Disturbances(ImmutableArray<StepSpan> Activations, StepSpan? Cloud)
{
    private const double CloudTransmission = 0.35;

    /// <summary>None at all: the day as forecast.</summary>
    public static readonly Disturbances None = new([], null);

    /// <summary>The case study's: reserve called 00:30 to 01:00 and 17:25 to 18:00, clouds 10:00 to 12:00.</summary>
    public static Disturbances CaseStudy(bool activations, bool cloudFront) => new(
        activations ? [new StepSpan(6, 12), new StepSpan(209, 216)] : [],
        cloudFront ? new StepSpan(120, 144) : null);

    public bool IsCloudy(int step) => Cloud is { } cloud && cloud.Contains(step);

    /// <summary>What of the sun's power reaches the panels.</summary>
    public double SolarTransmission(int step) => IsCloudy(step) ? CloudTransmission : 1.0;

    /// <summary>Index of the activation that is on in a step, or null.</summary>
    public int? ActivationAt(int step)
    {
        for (var i = 0; i < Activations.Length; i++)
        {
            if (Activations[i].Contains(step))
            {
                return i;
            }
        }

        return null;
    }
}

namespace DerChain.Market.Scenario;

/// <summary>Seeds of the scenario's independent parts.</summary>
/// <param name="Fleet">Seed of the fleet.</param>
/// <param name="Forecast">Seed of the forecast run.</param>
/// <param name="Actual">Seed of the actual run.</param>
/// <param name="Prices">Seed of the prices.</param>
internal sealed record ScenarioSeeds(ulong Fleet, ulong Forecast, ulong Actual, ulong Prices)
{
    private const ulong ReferenceForecast = 7001;
    private const ulong ReferenceActual = 7002;
    private const ulong PricesAfterFleet = 3;

    /// <summary>The reference's seeds, shifted by as much as the seed differs from the reference's own; wraps around.</summary>
    public static ScenarioSeeds From(ulong seed)
    {
        unchecked
        {
            var shift = seed - CaseStudyOptions.ReferenceSeed;
            return new ScenarioSeeds(seed, ReferenceForecast + shift, ReferenceActual + shift, seed + PricesAfterFleet);
        }
    }
}

namespace DerChain.Testing.Simulation;

/// <summary>A simulated network broke a property that its options promise. The message says which, and how to see it again.</summary>
public sealed class SimulationFailedException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="property">What is broken, in a sentence.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="options">Options of the run.</param>
    /// <param name="events">The last events, one a line.</param>
    /// <param name="innerException">What was thrown, where that is the failure.</param>
    public SimulationFailedException(
        string property, ulong seed, SimulationOptions options, IEnumerable<string> events, Exception? innerException = null)
        : base(Describe(property, seed, options, events), innerException)
    {
        Property = property;
        Seed = seed;
    }

    /// <summary>What is broken.</summary>
    public string Property { get; }

    /// <summary>Seed of the run.</summary>
    public ulong Seed { get; }

    private static string Describe(string property, ulong seed, SimulationOptions options, IEnumerable<string> events) => string.Join(
        Environment.NewLine,
        [
            property,
            $"Seed: {seed}",
            $"Options: {options}",
            "Last events:",
            .. events,
            $"Replay: DERCHAIN_SIMULATION_SEED={seed} dotnet run -c Release --project tests/Simulation, or SeededSimulation.Run with these options and this seed.",
        ]);
}

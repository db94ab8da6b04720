namespace DerChain.Testing.Simulation.Checks;

/// <summary>A checker found a property broken. The network makes a <see cref="SimulationFailedException"/> of it.</summary>
internal sealed class BrokenPropertyException(string property) : Exception(property);

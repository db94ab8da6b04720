using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Testing.Simulation.Checks;

/// <summary>A block that some node adopted, judged once.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Signer">Who sealed it.</param>
/// <param name="TotalDifficulty">Sum of difficulties from genesis on.</param>
/// <param name="Snapshot">Who may seal after it.</param>
internal sealed record WitnessedBlock(BlockHeader Header, Hash256 Hash, Address Signer, UInt256 TotalDifficulty, WitnessSnapshot Snapshot);

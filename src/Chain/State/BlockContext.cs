using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.State;

/// <summary>What the execution of a transaction needs to know of its block.</summary>
/// <param name="Spec">Rules of the chain.</param>
/// <param name="Number">Number of the block.</param>
/// <param name="GasLimit">Highest gas of the block.</param>
/// <param name="BaseFeePerGas">Base fee in wei; 0 before London.</param>
/// <param name="UnixSeconds">Timestamp of the block, seconds.</param>
/// <param name="Author">Account that receives what is not burned of the fees: under Clique the recovered signer.</param>
internal sealed record BlockContext(ChainSpec Spec, ulong Number, ulong GasLimit, UInt256 BaseFeePerGas, ulong UnixSeconds, Address Author);

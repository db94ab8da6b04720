using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
namespace DerChain.Chain;
public sealed partial class Blockchain
{
    /// <summary>Temp.</summary>
    public HeadCandidate? FinalityConflict => _head is null ? Head : null;
    /// <summary>Temp.</summary>
    public ImportResult AcceptReorganisation(Hash256 headHash) => throw new ArgumentException($"{_head}", nameof(headHash));
}

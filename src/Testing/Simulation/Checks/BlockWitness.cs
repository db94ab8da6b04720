using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Testing.Simulation.Checks;

/// <summary>Judges each block that some node adopts, once, by EIP-225's text.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class BlockWitness
{
    private readonly ulong _period;
    private readonly ulong _epoch;
    private readonly Dictionary<Hash256, WitnessedBlock> _blocks = [];

    public BlockWitness(Genesis genesis, Block genesisBlock)
    {
        _period = genesis.Spec.CliquePeriodSeconds;
        _epoch = genesis.Spec.CliqueEpochLength;
        BlockHeader header = genesisBlock.Header;
        Genesis = new WitnessedBlock(header, genesisBlock.Hash, default, header.Difficulty, WitnessSnapshot.AtGenesis(header));
        _blocks.Add(genesisBlock.Hash, Genesis);
    }

    public WitnessedBlock Genesis { get; }

    /// <summary>Blocks judged.</summary>
    public ulong Count { get; private set; }

    /// <summary>Those that were sealed in turn.</summary>
    public ulong InTurn { get; private set; }

    public WitnessedBlock Get(Hash256 hash) =>
        _blocks.GetValueOrDefault(hash) ?? throw new BrokenPropertyException($"A node adopted a block on {hash}, which no node adopted.");

    /// <summary>Judges a block.</summary>
    /// <exception cref="BrokenPropertyException">It breaks a rule of EIP-225.</exception>
    public WitnessedBlock See(Block block)
    {
        if (_blocks.TryGetValue(block.Hash, out WitnessedBlock? known))
            return known;

        BlockHeader header = block.Header;
        WitnessedBlock parent = Get(header.ParentHash);
        Address signer = SignerOf(header);
        string? wrong = header.Number == parent.Header.Number + 1 ? parent.Snapshot.Judge(header, parent.Header, signer, _period) : "its number does not follow its parent's";
        if (wrong is not null)
            throw new BrokenPropertyException($"A node adopted block {header.Number} ({block.Hash}), but {wrong}.");

        var seen = new WitnessedBlock(
            header, block.Hash, signer, parent.TotalDifficulty + header.Difficulty, parent.Snapshot.Next(header, signer, _epoch));
        _blocks.Add(block.Hash, seen);
        Count++;
        InTurn += parent.Snapshot.IsInTurn(signer) ? 1UL : 0;
        return seen;
    }

    // The seal: r, s and the recovery id in the last 65 bytes.
    private static Address SignerOf(BlockHeader header)
    {
        Signature seal = Signature.FromBytes(header.ExtraData.Span[^CliqueExtraData.SealLength..]);
        return seal.TryRecover(CliqueExtraData.SealHash(header))?.Address
            ?? throw new BrokenPropertyException($"A node adopted block {header.Number}, whose seal recovers to no key.");
    }
}

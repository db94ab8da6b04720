using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;

namespace DerChain.Testing.Simulation.Checks;

/// <summary>Looks at what each step changed, and throws <see cref="BrokenPropertyException"/> where a property is broken that holds whatever the faults.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class SafetyChecks
{
    private readonly bool _isFinalityPromised;
    private readonly Genesis _genesis;
    private readonly BlockWitness _witness;
    private readonly List<Hash256> _final = [];
    private readonly HashSet<(Address Signer, Hash256 Parent)> _sealedParents = [];
    private readonly HashSet<(Address Signer, ulong Number)> _sealedNumbers = [];
    private readonly HashSet<Address> _dishonest = [];
    private readonly Dictionary<Hash256, int> _accepted = [];

    public SafetyChecks(Genesis genesis, bool isFinalityPromised)
    {
        _genesis = genesis;
        _isFinalityPromised = isFinalityPromised;
        Block first = GenesisBlock.Create(genesis).Block;
        _witness = new BlockWitness(genesis, first);
        _final.Add(first.Hash);
    }

    /// <summary>What was counted.</summary>
    public SimulationResult Counts
    {
        get => field with { AdoptedBlocks = _witness.Count, InTurnBlocks = _witness.InTurn, Transactions = (ulong)_accepted.Count };
        private set;
    } = new();

    /// <summary>Transactions that some node has accepted.</summary>
    public IReadOnlyCollection<Hash256> AcceptedTransactions => _accepted.Keys;

    /// <summary>The key breaks rules, or is used twice: what it seals is not held against it.</summary>
    public void Distrust(Address signer) => _dishonest.Add(signer);

    /// <summary>What the key seals counts again.</summary>
    public void Trust(Address signer) => _dishonest.Remove(signer);

    public void Accepted(SimulatedNode node, Hash256 transaction)
    {
        _accepted.TryAdd(transaction, node.Index);
        node.Watch.Accepted.Add(transaction);
    }

    public void ReorganisationAccepted(SimulatedNode node) => node.Watch.MayReorganise = true;

    public void Crashed() => Counts = Counts with { Crashes = Counts.Crashes + 1 };

    /// <summary>A node has opened its store: it holds what it had acknowledged.</summary>
    public void Started(SimulatedNode node)
    {
        NodeWatch watch = node.Watch;
        Blockchain chain = node.Chain;
        ulong number = node.Head.Number;
        if (watch.Canonical.Count == 0)
            watch.Canonical.Add(_witness.Genesis.Hash);

        // Only what a failing write has kept although it was not acknowledged may differ.
        if (chain.Head.TotalDifficulty < watch.TotalDifficulty)
            throw new BrokenPropertyException($"{node.Name} started with head {number}, lighter than the one it had when it ended.");

        TakeUp(node);
        if (chain.Finalized.Number < watch.Finalized.Number && !watch.MayReorganise)
            throw new BrokenPropertyException($"{node.Name} started with final block {chain.Finalized.Number}; it had {watch.Finalized.Number}.");

        watch.Finalized = chain.Finalized;
        watch.TotalDifficulty = chain.Head.TotalDifficulty;
        watch.MayReorganise = false;
        CompareSnapshot(node);
    }

    /// <summary>A node has made a step.</summary>
    public void Stepped(SimulatedNode node, ImmutableArray<ValidatorEffect> effects)
    {
        Hash256 headBefore = node.Watch.Canonical[^1];
        foreach (ValidatorEffect effect in effects)
        {
            switch (effect)
            {
                case ValidatorEffect.BlockSealed sealing:
                    Sealed(node, sealing.Block);
                    break;
                case ValidatorEffect.HeadMoved moved:
                    HeadMoved(node, moved.Change);
                    break;
                case ValidatorEffect.StatusChanged changed:
                    StatusChanged(node, changed.Status);
                    break;
                case ValidatorEffect.Disconnect:
                    Counts = Counts with { Disconnections = Counts.Disconnections + 1 };
                    break;
            }
        }

        if (node.Watch.Canonical[^1] != node.Head.Hash)
            throw new BrokenPropertyException($"{node.Name} has head {node.Head.Number} ({node.Head.Hash}) and did not say so.");

        if (headBefore != node.Head.Hash)
            CompareSnapshot(node);

        if (node.Chain.Finalized != node.Watch.Finalized)
            FinalityMoved(node);

        node.Watch.MayReorganise = false;
    }

    /// <summary>A running node's store, looked at by a chain of its own, shows what the node shows.</summary>
    public void CompareWithStore(SimulatedNode node)
    {
        (Blockchain chain, CliqueSnapshot snapshot, Proposals proposals) = node.Reopen(_genesis);
        if (chain.Head.Hash != node.Head.Hash || chain.Finalized != node.Chain.Finalized)
            throw new BrokenPropertyException($"{node.Name} would start with head {chain.Head.Header.Number}, final {chain.Finalized.Number}; it has {node.Head.Number}, {node.Chain.Finalized.Number}.");

        if (_witness.Get(chain.Head.Hash).Snapshot.Compare(snapshot) is { } difference)
            throw new BrokenPropertyException($"{node.Name}, started again, {difference}.");

        if (!proposals.All.SequenceEqual(node.Proposals.All))
            throw new BrokenPropertyException($"{node.Name} would start with other proposals than it has.");
    }

    /// <summary>A node that has just started still knows what it had accepted: it is on its chain or in its pool.</summary>
    public void CompareAccepted(SimulatedNode node)
    {
        NodeWatch watch = node.Watch;
        foreach (Hash256 hash in watch.Accepted)
        {
            if (!watch.Included.ContainsKey(hash) && node.Core!.Pool.FindSender(hash) is null)
                throw new BrokenPropertyException($"{node.Name} has accepted transaction {hash} and lost it.");
        }
    }

    /// <summary>An accepted transaction that a node's chain does not hold; null where there is none.</summary>
    public Hash256? FirstMissing(SimulatedNode node)
    {
        foreach (Hash256 hash in _accepted.Keys)
        {
            if (!node.Watch.Included.ContainsKey(hash))
                return hash;
        }

        return null;
    }

    private void Sealed(SimulatedNode node, Block block)
    {
        bool isSecondOfParent = !_sealedParents.Add((node.Address, block.Header.ParentHash));
        bool isSecondOfNumber = !_sealedNumbers.Add((node.Address, block.Number));
        if (_dishonest.Contains(node.Address))
            return;

        if (isSecondOfParent)
            throw new BrokenPropertyException($"{node.Name} sealed a second block of number {block.Number} on {block.Header.ParentHash}: {block.Hash}.");

        if (isSecondOfNumber && _isFinalityPromised)
            throw new BrokenPropertyException($"{node.Name} sealed a second block of number {block.Number} on another branch, although the finality assumption is kept.");

        Counts = Counts with { SealedAgain = Counts.SealedAgain + (isSecondOfNumber ? 1UL : 0) };
    }

    private void HeadMoved(SimulatedNode node, ImportResult change)
    {
        NodeWatch watch = node.Watch;
        foreach (Block abandoned in change.Abandoned)
            Leave(node, abandoned);

        if (change.Adopted[0].Header.ParentHash != watch.Canonical[^1])
            throw new BrokenPropertyException($"{node.Name} adopted block {change.Adopted[0].Number}, which does not follow on its chain.");

        foreach (Block adopted in change.Adopted)
            Join(node, adopted);

        if (!change.Abandoned.IsEmpty)
        {
            Counts = Counts with
            {
                Reorganisations = Counts.Reorganisations + 1,
                DeepestReorganisation = Math.Max(Counts.DeepestReorganisation, change.Abandoned.Length),
            };
        }

        UInt256 totalDifficulty = _witness.Get(watch.Canonical[^1]).TotalDifficulty;
        if (totalDifficulty < watch.TotalDifficulty && !watch.MayReorganise)
            throw new BrokenPropertyException($"{node.Name} left a chain of total difficulty {watch.TotalDifficulty} for one of {totalDifficulty}.");

        watch.TotalDifficulty = totalDifficulty;
    }

    private static void Leave(SimulatedNode node, Block block)
    {
        NodeWatch watch = node.Watch;
        if (watch.Canonical[^1] != block.Hash)
            throw new BrokenPropertyException($"{node.Name} left block {block.Number}, which was not on its chain.");

        if (block.Number <= watch.Finalized.Number && !watch.MayReorganise)
            throw new BrokenPropertyException($"{node.Name} left block {block.Number}, although block {watch.Finalized.Number} is final there.");

        watch.Canonical.RemoveAt(watch.Canonical.Count - 1);
        foreach (Transaction transaction in block.Transactions)
            watch.Included.Remove(transaction.Hash);
    }

    private void Join(SimulatedNode node, Block block)
    {
        _witness.See(block);
        node.Watch.Canonical.Add(block.Hash);
        foreach (Transaction transaction in block.Transactions)
        {
            if (!node.Watch.Included.TryAdd(transaction.Hash, block.Number))
                throw new BrokenPropertyException($"{node.Name} has transaction {transaction.Hash} twice: in blocks {node.Watch.Included[transaction.Hash]} and {block.Number}.");
        }
    }

    private void StatusChanged(SimulatedNode node, ValidatorStatus status)
    {
        NodeWatch watch = node.Watch;
        if (status.Seal != watch.LastStatus)
        {
            Counts = Counts with
            {
                QuorumLosses = Counts.QuorumLosses + (status.Seal == SealStatus.QuorumLost ? 1UL : 0),
                SealedBefore = Counts.SealedBefore + (status.Seal == SealStatus.SealedBefore ? 1UL : 0),
            };
        }

        if (status.Conflict is { } conflict && watch.Conflict is null)
        {
            Counts = Counts with { Conflicts = Counts.Conflicts + 1 };
            if (_isFinalityPromised)
                throw new BrokenPropertyException($"{node.Name} has a finality conflict with block {conflict.Number} ({conflict.Hash}), although the finality assumption is kept.");
        }

        watch.LastStatus = status.Seal;
        watch.Conflict = status.Conflict;
    }

    private void FinalityMoved(SimulatedNode node)
    {
        NodeWatch watch = node.Watch;
        BlockReference final = node.Chain.Finalized;
        if (final.Number < watch.Finalized.Number && !watch.MayReorganise)
            throw new BrokenPropertyException($"{node.Name} had final block {watch.Finalized.Number} and has {final.Number} now.");

        if (watch.Canonical.Count <= (int)final.Number || watch.Canonical[(int)final.Number] != final.Hash)
            throw new BrokenPropertyException($"{node.Name} calls block {final.Number} ({final.Hash}) final, which is not on its chain.");

        for (ulong number = watch.Finalized.Number + 1; number <= final.Number; number++)
            AgreeOnFinal(node, number);

        watch.Finalized = final;
    }

    private void AgreeOnFinal(SimulatedNode node, ulong number)
    {
        Hash256 hash = node.Watch.Canonical[(int)number];
        if ((int)number < _final.Count)
        {
            if (_final[(int)number] != hash && _isFinalityPromised)
                throw new BrokenPropertyException($"{node.Name} calls block {number} {hash} final; another node called {_final[(int)number]} final.");
        }
        else if ((int)number == _final.Count)
        {
            _final.Add(hash);
        }
    }

    private void CompareSnapshot(SimulatedNode node)
    {
        if (_witness.Get(node.Head.Hash).Snapshot.Compare(node.Snapshot) is { } difference)
            throw new BrokenPropertyException($"{node.Name} {difference}.");
    }

    // Blocks that the store holds and the checkers have not seen, on the newest that they have.
    private void TakeUp(SimulatedNode node)
    {
        NodeWatch watch = node.Watch;
        var unseen = new Stack<Block>();
        Hash256 hash = node.Head.Hash;
        ulong number = node.Head.Number;
        while (number >= (ulong)watch.Canonical.Count || watch.Canonical[(int)number] != hash)
        {
            Block block = node.Chain.FindBlock(hash) ?? throw new BrokenPropertyException($"{node.Name} started without block {number} ({hash}) of its chain.");
            unseen.Push(block);
            hash = block.Header.ParentHash;
            number--;
        }

        while ((ulong)watch.Canonical.Count > number + 1)
        {
            Block left = node.Chain.FindBlock(watch.Canonical[^1])
                ?? throw new BrokenPropertyException($"{node.Name} started without block {watch.Canonical.Count - 1}, which it had.");
            Leave(node, left);
        }

        while (unseen.TryPop(out Block? block))
            Join(node, block);
    }
}

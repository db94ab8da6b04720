namespace DerChain.Consensus.Tests.Clique;

/// <summary>A block as the naive implementation sees it. Accounts are numbers whose order is that of the addresses; 0 is the account of zeros.</summary>
/// <param name="Signer">Who sealed it.</param>
/// <param name="Account">The account voted on; 0 where there is no vote.</param>
/// <param name="Authorizes">Whether the nonce is all ones.</param>
/// <param name="Difficulty">Its difficulty.</param>
/// <param name="Listed">The signers listed in its extra data.</param>
internal sealed record NaiveBlock(int Signer, int Account, bool Authorizes, int Difficulty, int[] Listed);

/// <summary>A vote that stands.</summary>
internal readonly record struct NaiveVote(int Signer, int Number, int Account, bool Authorizes);

/// <summary>Clique once more, written from the text of EIP-225 and of nothing else, as plainly as can be: whatever is asked, everything is worked out
/// from genesis again. It shares no code with the library and is not fast.</summary>
internal sealed class NaiveClique
{
    private readonly List<int> _signers;
    private readonly List<NaiveVote> _votes = [];
    private readonly IReadOnlyList<NaiveBlock> _blocks;
    private readonly int _epoch;

    // Blocks up to this number no longer count as recent.
    private int _forgotten;

    /// <summary>The state after these blocks on a genesis with these signers.</summary>
    public NaiveClique(IEnumerable<int> genesisSigners, int epoch, IReadOnlyList<NaiveBlock> blocks)
    {
        _signers = [.. genesisSigners];
        _signers.Sort();
        _epoch = epoch;
        _blocks = blocks;
        for (int number = 1; number <= blocks.Count; number++)
            Apply(number, blocks[number - 1]);
    }

    public IReadOnlyList<int> Signers => _signers;

    public IReadOnlyList<NaiveVote> Votes => _votes;

    /// <summary>Number and signer of the blocks that count as recent.</summary>
    public List<(int Number, int Signer)> Recents()
    {
        var recents = new List<(int Number, int Signer)>();
        for (int number = Math.Max(1, _forgotten + 1); number <= _blocks.Count; number++)
            recents.Add((number, _blocks[number - 1].Signer));

        return recents;
    }

    /// <summary>How many votes stand for and against each account.</summary>
    public Dictionary<int, (int For, int Against)> Tally()
    {
        var tally = new Dictionary<int, (int For, int Against)>();
        foreach (NaiveVote vote in _votes)
        {
            (int yes, int no) = tally.GetValueOrDefault(vote.Account);
            tally[vote.Account] = vote.Authorizes ? (yes + 1, no) : (yes, no + 1);
        }

        return tally;
    }

    /// <summary>Whether the account may seal the next block: an authority that sealed none of the SIGNER_LIMIT - 1 blocks before it.</summary>
    public bool MaySeal(int account)
    {
        int next = _blocks.Count + 1;
        return _signers.Contains(account) && !Recents().Any(recent => recent.Signer == account && next - recent.Number < SignerLimit(_signers.Count));
    }

    /// <summary>DIFF_INTURN where BLOCK_NUMBER % SIGNER_COUNT == SIGNER_INDEX, else DIFF_NOTURN.</summary>
    public int DifficultyOf(int account) => (_blocks.Count + 1) % _signers.Count == _signers.IndexOf(account) ? 2 : 1;

    /// <summary>What is wrong with a next block, in the order in which Geth looks; null where nothing is.</summary>
    public string? Verdict(NaiveBlock block)
    {
        bool isCheckpoint = IsCheckpoint(_blocks.Count + 1);
        if (isCheckpoint && block.Account != 0)
            return "CheckpointBeneficiary";

        if (isCheckpoint && block.Authorizes)
            return "InvalidCheckpointVote";

        if (!isCheckpoint && block.Listed.Length > 0)
            return "ExtraSigners";

        if (block.Difficulty != 1 && block.Difficulty != 2)
            return "InvalidDifficulty";

        if (isCheckpoint && !block.Listed.SequenceEqual(_signers))
            return "MismatchingCheckpointSigners";

        if (_signers.Count == 0)
            return "NoAuthorities";

        if (!_signers.Contains(block.Signer))
            return "UnauthorizedSigner";

        if (!MaySeal(block.Signer))
            return "RecentlySigned";

        return block.Difficulty != DifficultyOf(block.Signer) ? "WrongDifficulty" : null;
    }

    public bool IsCheckpoint(int number) => number % _epoch == 0;

    private static int SignerLimit(int signers) => (signers / 2) + 1;

    private void Apply(int number, NaiveBlock block)
    {
        if (IsCheckpoint(number))
            _votes.Clear();

        ForgetUpTo(number - SignerLimit(_signers.Count));
        _votes.RemoveAll(vote => vote.Signer == block.Signer && vote.Account == block.Account);
        if (block.Authorizes != _signers.Contains(block.Account))
            _votes.Add(new NaiveVote(block.Signer, number, block.Account, block.Authorizes));

        if (_votes.Count(vote => vote.Account == block.Account) <= _signers.Count / 2)
            return;

        if (_signers.Remove(block.Account))
        {
            ForgetUpTo(number - SignerLimit(_signers.Count));
            _votes.RemoveAll(vote => vote.Signer == block.Account);
        }
        else
        {
            _signers.Add(block.Account);
            _signers.Sort();
        }

        _votes.RemoveAll(vote => vote.Account == block.Account);
    }

    private void ForgetUpTo(int number) => _forgotten = Math.Max(_forgotten, number);
}

namespace DerChain.Chain.Blocks;

/// <summary>Which rules hold from which block: the <c>config</c> of a Geth genesis file. A fork whose block is null is inactive.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record ChainSpec
{
    /// <summary>Chain id of transactions (EIP-155); 1 to 2^63 − 19.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Homestead: low s in signatures (EIP-2). Default: 0.</summary>
    public ulong? HomesteadBlock { get; init; } = 0;

    /// <summary>The DAO fork, which this ledger does not make: a place in the order of forks, without effect. Default: none.</summary>
    public ulong? DaoForkBlock { get; init; }

    /// <summary>Gas costs of the EVM (EIP-150); without effect here. Default: 0.</summary>
    public ulong? Eip150Block { get; init; } = 0;

    /// <summary>Replay protection (EIP-155). Default: 0.</summary>
    public ulong? Eip155Block { get; init; } = 0;

    /// <summary>Empty accounts are cleared (EIP-158, EIP-161). Default: 0.</summary>
    public ulong? Eip158Block { get; init; } = 0;

    /// <summary>Byzantium: status in receipts (EIP-658), four more precompiled contracts. Default: 0.</summary>
    public ulong? ByzantiumBlock { get; init; } = 0;

    /// <summary>Constantinople; without effect here. Default: 0.</summary>
    public ulong? ConstantinopleBlock { get; init; } = 0;

    /// <summary>Petersburg; without effect here. Null stands for Constantinople's block, as in Geth. Default: 0.</summary>
    public ulong? PetersburgBlock { get => field ?? ConstantinopleBlock; init; } = 0;

    /// <summary>Istanbul: 16 gas a non-zero byte of data (EIP-2028), a ninth precompiled contract. Default: 0.</summary>
    public ulong? IstanbulBlock { get; init; } = 0;

    /// <summary>Muir Glacier; without effect here. Default: 0.</summary>
    public ulong? MuirGlacierBlock { get; init; } = 0;

    /// <summary>Berlin: typed transactions (EIP-2718) with access lists (EIP-2930). Default: 0.</summary>
    public ulong? BerlinBlock { get; init; } = 0;

    /// <summary>London: base fee and transactions of type 2 (EIP-1559). Default: 0.</summary>
    public ulong? LondonBlock { get; init; } = 0;

    /// <summary>Arrow Glacier (EIP-4345); without effect here. Default: none.</summary>
    public ulong? ArrowGlacierBlock { get; init; }

    /// <summary>Gray Glacier (EIP-5133); without effect here. Default: none.</summary>
    public ulong? GrayGlacierBlock { get; init; }

    /// <summary>Clique's minimum of seconds between blocks, at most 2^32 − 1; 0 seals on demand. Default: 0.</summary>
    public ulong CliquePeriodSeconds { get; init; }

    /// <summary>Clique's blocks between checkpoints, at least 1. Default: 30,000.</summary>
    public ulong CliqueEpochLength { get; init; } = 30_000;

    /// <summary>Whether legacy transactions without a chain id are admitted from EIP-155 on, as Geth's blocks may have them; before it there are no
    /// others. They can be replayed on any other chain that admits them. This project's own: <c>config.allowUnprotectedTransactions</c> in a genesis
    /// file. Default: false.</summary>
    public bool AllowUnprotectedTransactions { get; init; }

    /// <summary>True from <see cref="HomesteadBlock"/> on.</summary>
    public bool IsHomestead(ulong number) => HomesteadBlock <= number;

    /// <summary>True from <see cref="Eip155Block"/> on.</summary>
    public bool IsEip155(ulong number) => Eip155Block <= number;

    /// <summary>True from <see cref="Eip158Block"/> on.</summary>
    public bool IsEip158(ulong number) => Eip158Block <= number;

    /// <summary>True from <see cref="ByzantiumBlock"/> on.</summary>
    public bool IsByzantium(ulong number) => ByzantiumBlock <= number;

    /// <summary>True from <see cref="IstanbulBlock"/> on.</summary>
    public bool IsIstanbul(ulong number) => IstanbulBlock <= number;

    /// <summary>True from <see cref="BerlinBlock"/> on.</summary>
    public bool IsBerlin(ulong number) => BerlinBlock <= number;

    /// <summary>True from <see cref="LondonBlock"/> on.</summary>
    public bool IsLondon(ulong number) => LondonBlock <= number;
}

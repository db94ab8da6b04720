using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>Reads the <c>config</c> of a <c>genesis.json</c>. Every fork that this ledger does not have is refused by name.</summary>
internal sealed class GenesisConfigReader
{
    private const ulong DefaultEpochLength = 30_000;

    private ChainSpec _spec = ForkSchedule.Frontier(chainId: 0);
    private bool _hasChainId;
    private bool _hasClique;
    private bool _isBesus;
    private bool _supportsDaoFork;

    private GenesisConfigReader()
    {
    }

    public static ChainSpec Read(ref JsonFields fields)
    {
        var reader = new GenesisConfigReader();
        while (fields.Next(out string name))
        {
            if (!fields.IsNull)
                reader.ReadProperty(ref fields, name);
        }

        return reader.Finish(ref fields);
    }

    private void ReadProperty(ref JsonFields fields, string name)
    {
        string field = "config." + name;
        if (ForkSchedule.Forks.FirstOrDefault(fork => Is(name, fork.Name)) is { } known)
        {
            _spec = known.Set(_spec, fields.ReadUInt64(field));
        }
        else if (Is(name, "chainId"))
        {
            _hasChainId = true;
            _spec = _spec with { ChainId = fields.ReadUInt64(field) };
        }
        else if (Is(name, "clique"))
        {
            if (_hasClique)
                fields.Fail(ChainError.InvalidGenesis, $"{field} is given twice.");

            _hasClique = true;
            ReadClique(ref fields, field);
        }
        else if (Is(name, "allowUnprotectedTransactions"))
        {
            _spec = _spec with { AllowUnprotectedTransactions = fields.ReadBoolean(field) };
        }
        else if (Is(name, "daoForkSupport"))
        {
            _supportsDaoFork = fields.ReadBoolean(field);
        }
        else
        {
            RefuseFork(ref fields, name, field);
            fields.Skip();
        }
    }

    // Besu has other names for the two numbers.
    private void ReadClique(ref JsonFields fields, string section)
    {
        fields.RequireObject(section);
        while (fields.Next(out string name))
        {
            string field = $"{section}.{name}";
            _isBesus |= Is(name, "blockperiodseconds") || Is(name, "epochlength");
            if (!fields.IsNull && (Is(name, "period") || Is(name, "blockperiodseconds")))
                _spec = _spec with { CliquePeriodSeconds = fields.ReadUInt64(field) };
            else if (!fields.IsNull && (Is(name, "epoch") || Is(name, "epochlength")))
                _spec = _spec with { CliqueEpochLength = fields.ReadUInt64(field) };
            else
                fields.Skip();
        }

        if (_spec.CliqueEpochLength == 0)
            _spec = _spec with { CliqueEpochLength = DefaultEpochLength };
    }

    private static void RefuseFork(ref JsonFields fields, string name, string field)
    {
        bool isFork = Is(name, "terminalTotalDifficulty")
            || name.EndsWith("Block", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Time", StringComparison.OrdinalIgnoreCase);
        if (isFork || (Is(name, "terminalTotalDifficultyPassed") && fields.ReadBoolean(field)))
            Refuse(ref fields, field);
    }

    private static void Refuse(ref JsonFields fields, string field) => fields.Fail(
        ChainError.UnsupportedFork, $"{field} asks for a fork that this ledger does not have: it ends with London, has no EVM and no DAO fork.");

    private ChainSpec Finish(ref JsonFields fields)
    {
        if (!_hasChainId)
            fields.Fail(ChainError.InvalidGenesis, "config.chainId is missing.");

        if (!_hasClique)
            fields.Fail(ChainError.UnsupportedEngine, "config.clique is missing: the chain is of another consensus engine, and Clique is the only one here.");

        // Geth makes the DAO fork only where it knows at which block, and Goerli's own file does not say.
        if (_supportsDaoFork && _spec.DaoForkBlock is not null)
            Refuse(ref fields, "config.daoForkSupport");

        // Besu knows EIP-155 as a part of eip158Block's fork, Spurious Dragon.
        return _isBesus ? _spec with { Eip155Block = _spec.Eip155Block ?? _spec.Eip158Block } : _spec;
    }

    private static bool Is(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}

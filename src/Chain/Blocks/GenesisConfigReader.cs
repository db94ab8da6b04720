using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>Reads the <c>config</c> of a <c>genesis.json</c>. Every fork that this ledger does not have is refused by name.</summary>
internal static class GenesisConfigReader
{
    private const ulong DefaultEpochLength = 30_000;

    public static ChainSpec Read(ref JsonFields fields)
    {
        ChainSpec spec = ForkSchedule.Frontier(chainId: 0);
        bool hasChainId = false;
        bool hasClique = false;
        while (fields.Next(out string name))
        {
            string field = "config." + name;
            if (fields.IsNull)
                continue;

            if (Is(name, "clique"))
            {
                if (hasClique)
                    fields.Fail(ChainError.InvalidGenesis, $"{field} is given twice.");

                hasClique = true;
                spec = ReadClique(ref fields, field, spec);
            }
            else if (Is(name, "chainId"))
            {
                hasChainId = true;
                spec = spec with { ChainId = fields.ReadUInt64(field) };
            }
            else
            {
                spec = ReadRule(ref fields, name, field, spec);
            }
        }

        if (!hasChainId)
            fields.Fail(ChainError.InvalidGenesis, "config.chainId is missing.");

        if (!hasClique)
            fields.Fail(ChainError.UnsupportedEngine, "config.clique is missing: the chain is of another consensus engine, and Clique is the only one here.");

        return spec;
    }

    private static ChainSpec ReadClique(ref JsonFields fields, string section, ChainSpec spec)
    {
        fields.RequireObject(section);
        while (fields.Next(out string name))
        {
            string field = $"{section}.{name}";
            if (!fields.IsNull && Is(name, "period"))
                spec = spec with { CliquePeriodSeconds = fields.ReadUInt64(field) };
            else if (!fields.IsNull && Is(name, "epoch"))
                spec = spec with { CliqueEpochLength = fields.ReadUInt64(field) };
            else
                fields.Skip();
        }

        return spec.CliqueEpochLength == 0 ? spec with { CliqueEpochLength = DefaultEpochLength } : spec;
    }

    private static ChainSpec ReadRule(ref JsonFields fields, string name, string field, ChainSpec spec)
    {
        if (ForkSchedule.Forks.FirstOrDefault(fork => Is(name, fork.Name)) is { } fork)
            return fork.Set(spec, fields.ReadUInt64(field));

        if (Is(name, "allowUnprotectedTransactions"))
            return spec with { AllowUnprotectedTransactions = fields.ReadBoolean(field) };

        bool isFlag = Is(name, "daoForkSupport") || Is(name, "terminalTotalDifficultyPassed");
        bool isLaterFork = Is(name, "terminalTotalDifficulty")
            || name.EndsWith("Block", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Time", StringComparison.OrdinalIgnoreCase);
        if (isLaterFork || (isFlag && fields.ReadBoolean(field)))
            fields.Fail(ChainError.UnsupportedFork, $"{field} asks for a fork that this ledger does not have: it ends with London and has no EVM.");

        fields.Skip();
        return spec;
    }

    private static bool Is(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}

using DerChain.Chain.Audit;

namespace DerChain.Cli.Audit;

/// <summary>Says every few seconds how far an audit has come.</summary>
internal sealed class AuditProgressLines(Terminal terminal) : IProgress<AuditProgress>
{
    private readonly Pace _pace = new(TimeProvider.System, TimeSpan.FromSeconds(5));

    public void Report(AuditProgress value)
    {
        if (_pace.IsDue())
            terminal.Say($"block {value.BlockNumber}, {value.Transactions} transactions verified");
    }
}

using DerChain.Chain.ChainFiles;

namespace DerChain.Cli;

/// <summary>Says every few seconds how far the import or export of a chain file has come.</summary>
internal sealed class ChainFileProgressLines(Terminal terminal, string done) : IProgress<ChainFileProgress>
{
    private readonly Pace _pace = new(TimeProvider.System, TimeSpan.FromSeconds(5));

    public void Report(ChainFileProgress value)
    {
        if (_pace.IsDue())
            terminal.Say($"block {value.BlockNumber}, {value.Blocks} blocks and {value.Transactions} transactions {done}");
    }
}

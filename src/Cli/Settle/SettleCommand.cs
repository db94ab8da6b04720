using System.CommandLine;
using DerChain.Cli.Run;

namespace DerChain.Cli.Settle;

/// <summary><c>derchain settle</c>: settles a market day on its chain, and writes statements and receipts.</summary>
internal static class SettleCommand
{
    public static Command Create(Terminal terminal) => RunCommand.Create(
        "settle",
        "Settle a market day on its chain: attest its readings, issue statement and allocations, acknowledge them, and write statements and receipts. "
        + "A day that is not on the chain yet is recorded first.",
        (settings, cancellation) => MarketDayCommand.Settle(terminal, settings, cancellation));
}

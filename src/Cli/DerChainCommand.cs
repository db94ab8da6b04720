using System.CommandLine;
using System.CommandLine.Parsing;
using DerChain.Chain.Storage;
using DerChain.Cli.Audit;
using DerChain.Cli.Bench;
using DerChain.Cli.Clique;
using DerChain.Cli.Evidence;
using DerChain.Cli.Export;
using DerChain.Cli.Import;
using DerChain.Cli.Keys;
using DerChain.Cli.Records;
using DerChain.Cli.Run;
using DerChain.Cli.Scenario;
using DerChain.Cli.Settle;
using DerChain.Cli.Statement;

namespace DerChain.Cli;

/// <summary>The <c>derchain</c> command: parses the line, runs the command, turns what went wrong into one clear message.</summary>
internal static class DerChainCommand
{
    private const int UserError = 2;
    private const int Stopped = 130;

    /// <summary>Runs a command line.</summary>
    /// <returns>0 done, 1 an audit found something broken, a receipt proves nothing or records do not hold, 2 it could not be done as asked, 130 stopped by the user.</returns>
    public static int Run(string[] args, Terminal terminal)
    {
        var root = new RootCommand("A consortium ledger for distributed energy resources: Ethereum-compatible, in process, without a node.")
        {
            RunCommand.Create(terminal),
            SettleCommand.Create(terminal),
            StatementCommand.Create(terminal),
            ScenarioCommand.Create(terminal),
            AuditCommand.Create(terminal),
            ReceiptCommand.Create(terminal),
            VerifyReceiptCommand.Create(terminal),
            ImportCommand.Create(terminal),
            ExportCommand.Create(terminal),
            RecordsCommand.Create(terminal),
            KeysCommand.Create(terminal),
            CliqueCommand.Create(terminal),
            BenchCommand.Create(terminal),
        };
        ParseResult line = root.Parse(args);
        if (line.Errors.Count > 0)
        {
            foreach (ParseError error in line.Errors)
                terminal.Say($"derchain: {error.Message}");

            terminal.Say("Try 'derchain --help'.");
            return UserError;
        }

        try
        {
            return line.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Output, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException)
        {
            terminal.Say("derchain: stopped. What is on the chain is complete; the same command goes on from there.");
            return Stopped;
        }
        catch (Exception exception) when (exception is UserErrorException or StoreException or DayConflictException or IOException or UnauthorizedAccessException)
        {
            terminal.Say($"derchain: {exception.Message}");
            return UserError;
        }
    }
}

using System.CommandLine;

namespace DerChain.Cli.Scenario;

internal static class ScenarioCommand
{
    public static Command Create(Terminal terminal)
    {
        _ = terminal;
        return new Command("scenario", "x");
    }
}

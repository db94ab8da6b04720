using DerChain.Cli;

var terminal = new Terminal(Console.Out, Console.Error)
{
    ReadKey = Console.IsInputRedirected ? null : static () => Console.ReadKey(intercept: true),
};
return DerChainCommand.Run(args, terminal);

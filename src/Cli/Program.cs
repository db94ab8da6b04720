using DerChain.Cli;

return DerChainCommand.Run(args, new Terminal(Console.Out, Console.Error));

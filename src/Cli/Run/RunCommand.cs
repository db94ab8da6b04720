using System.CommandLine;
using System.CommandLine.Parsing;
using DerChain.Market.Scenario;

namespace DerChain.Cli.Run;

/// <summary><c>derchain run</c>: records a market day on a chain, reads it back, verifies it and reports.</summary>
internal static class RunCommand
{
    private const int MaxValidators = 100;

    public static Command Create(Terminal terminal) => Create(
        "run",
        "Record a market day of prosumers on a chain, read it back, verify it, and report which reserve was not delivered.",
        (settings, cancellation) => MarketDayCommand.Run(terminal, settings, cancellation));

    /// <summary>A command that takes a market day: its options are those of <c>derchain run</c>.</summary>
    public static Command Create(string name, string description, Func<RunSettings, CancellationToken, int> work)
    {
        Option<int> prosumers = Options.Number("--prosumers", "Size of the generated fleet.", 200, 1, CaseStudyOptions.MaxProsumers);
        Option<int> validators = Options.Number("--validators", "Validators, each with its own key, store and copy of the chain.", 3, 1, MaxValidators);
        Option<int> threads = Options.Threads();
        Option<ulong> seed = Options.Number("--seed", "Seed of the generated day and of every key.", CaseStudyOptions.ReferenceSeed, 0UL, ulong.MaxValue);
        Option<string?> data = Options.Path("--data", "Folder with a day's record files; without it the case study is generated.");
        Option<string?> folder = Options.Path("--out", "Folder for the chain and the report. A run that was stopped goes on there. Default: out");
        Option<bool> json = Options.Json();
        var command = new Command(name, description)
        {
            prosumers,
            validators,
            threads,
            seed,
            data,
            folder,
            json,
        };
        command.Validators.Add(result => RefuseBoth(result, data, prosumers, seed));
        command.SetAction(line => Terminal.WithCancellation(cancellation => work(
            new RunSettings(
                line.GetValue(prosumers),
                line.GetValue(validators),
                line.GetValue(threads),
                line.GetValue(seed),
                line.GetValue(data),
                line.GetValue(folder) ?? "out",
                line.GetValue(json)),
            cancellation)));
        return command;
    }

    private static void RefuseBoth(CommandResult result, Option data, Option prosumers, Option seed)
    {
        foreach (Option option in (Option[])[prosumers, seed])
        {
            if (result.GetResult(data) is { Implicit: false } && result.GetResult(option) is { Implicit: false })
                result.AddError($"{option.Name} is for the generated day; with --data the files say it.");
        }
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DerChain.Market.Scenario;
using DerChain.RecordFiles;

namespace DerChain.Cli.Scenario;

/// <summary><c>derchain scenario</c>: writes a market day as record files, from the generator or from a user's own prices and profiles.</summary>
internal static class ScenarioCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> folder = Options.Path("--out", "Folder for the files; it is made, or is empty.", required: true);
        Option<int> prosumers = Options.Number("--prosumers", "Size of the fleet.", 200, 1, CaseStudyOptions.MaxProsumers);
        Option<ulong> seed = Options.Number("--seed", "Seed of what is generated and of every key.", CaseStudyOptions.ReferenceSeed, 0UL, ulong.MaxValue);
        Option<string?> prices = Options.Path("--prices", "CSV with your market prices; goes with --profiles.");
        Option<string?> profiles = Options.Path("--profiles", "CSV with load and solar of your houses; goes with --prices.");
        Option<DateOnly?> date = Options.Date("--date", "Trading date to take from --prices and --profiles. Default: the first that is complete in both.");
        Option<string?> node = Options.Path("--node", "Pricing node to take from --prices, where it has several.");
        Option<bool> json = Options.Json();
        var command = new Command("scenario", "Write a market day as record files, which 'run --data' records.")
        {
            folder,
            prosumers,
            seed,
            prices,
            profiles,
            date,
            node,
            json,
        };
        command.Validators.Add(result => RequireTogether(result, prices, profiles, [date, node]));
        command.SetAction(line => Run(
            terminal,
            line.GetRequiredValue(folder)!,
            DayOf(terminal, line, (prices, profiles), new PriceAndProfileOptions
            {
                Date = line.GetValue(date),
                Node = line.GetValue(node),
                Prosumers = line.GetValue(prosumers),
                Seed = line.GetValue(seed),
            }),
            line.GetValue(seed),
            line.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string folder, MarketDay day, ulong seed, bool json)
    {
        MarketDayFiles.Write(day, seed, MarketDayOptions.DefaultChainId, folder);
        string path = Path.GetFullPath(folder);
        if (json)
            WriteJson(terminal, day, seed, path);
        else
            terminal.Output.WriteLine($"{day.FleetDescription} The day {day.Day.Date:yyyy-MM-dd} is in {path}; 'derchain run --data {folder}' records it.");

        return 0;
    }

    private static MarketDay DayOf(
        Terminal terminal, ParseResult line, (Option<string?> Prices, Option<string?> Profiles) files, PriceAndProfileOptions options)
    {
        if (line.GetValue(files.Prices) is not { } prices)
            return CaseStudy.Create(new CaseStudyOptions { Prosumers = options.Prosumers, Seed = options.Seed });

        FileReading<RealDataOptions> reading = PriceAndProfileFiles.Read(prices, line.GetValue(files.Profiles)!, options);
        return RealDataDay.Create(FileProblems.Require(terminal, reading));
    }

    private static void RequireTogether(CommandResult result, Option prices, Option profiles, Option[] onlyWithFiles)
    {
        bool hasPrices = result.GetResult(prices) is { Implicit: false };
        bool hasProfiles = result.GetResult(profiles) is { Implicit: false };
        if (hasPrices != hasProfiles)
            result.AddError("--prices and --profiles go together.");

        foreach (Option option in onlyWithFiles)
        {
            if (!hasPrices && result.GetResult(option) is { Implicit: false })
                result.AddError($"{option.Name} goes with --prices and --profiles.");
        }
    }

    private static void WriteJson(Terminal terminal, MarketDay day, ulong seed, string path) => terminal.WriteJson(json =>
    {
        json.WriteString("folder", path);
        json.WriteString("date", day.Day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("timeZone", day.Day.TimeZone);
        json.WriteNumber("seed", seed);
        json.WriteNumber("chainId", MarketDayOptions.DefaultChainId);
        json.WriteNumber("participants", day.Participants.Length);
        json.WriteNumber("resources", day.Resources.Length);
    });
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DerChain.Cli;

/// <summary>Options of several commands.</summary>
internal static class Options
{
    /// <summary>A whole number in a range.</summary>
    public static Option<T> Number<T>(string name, string description, T defaultValue, T min, T max)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = argument => Parse(argument, name, min, max),
        };

    /// <summary>A whole number that may be left out.</summary>
    public static Option<ulong?> OptionalNumber(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = argument => Parse(argument, name, 0UL, ulong.MaxValue),
    };

    /// <summary><c>--threads</c>: how many threads work side by side.</summary>
    public static Option<int> Threads() =>
        Number("--threads", "Threads that work side by side; results do not depend on it.", Environment.ProcessorCount, 1, 1024);

    /// <summary><c>--json</c>: one JSON document on standard output.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Write one JSON document to standard output; progress and messages go to standard error." };

    /// <summary>A path.</summary>
    public static Option<string?> Path(string name, string description, bool required = false) => new(name) { Description = description, Required = required };

    /// <summary>A date.</summary>
    public static Option<DateOnly?> Date(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = argument =>
        {
            string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
                return date;

            argument.AddError($"{name} is '{text}'; a date like 2020-08-14 is wanted.");
            return null;
        },
    };

    private static T Parse<T>(ArgumentResult argument, string name, T min, T max)
        where T : struct, IBinaryInteger<T>
    {
        string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value) && value >= min && value <= max)
            return value;

        argument.AddError($"{name} is '{text}'; a whole number from {min} to {max} is wanted.");
        return default;
    }
}

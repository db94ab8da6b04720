using DerChain.RecordFiles;

namespace DerChain.Cli;

/// <summary>Says what is wrong with a user's files: all of it, one line a problem.</summary>
internal static class FileProblems
{
    /// <summary>What the files hold.</summary>
    /// <exception cref="UserErrorException">They have problems, which were said.</exception>
    public static T Require<T>(Terminal terminal, FileReading<T> reading)
        where T : class
    {
        if (reading.IsValid)
            return reading.Value;

        Say(terminal, reading);
        throw new UserErrorException($"The files have {(reading.ProblemCount == 1 ? "a problem" : $"{reading.ProblemCount} problems")}; nothing was recorded.");
    }

    /// <summary>Says the problems.</summary>
    public static void Say<T>(Terminal terminal, FileReading<T> reading)
        where T : class
    {
        foreach (FileProblem problem in reading.Problems)
            terminal.Say($"{problem}");

        if (reading.ProblemCount > reading.Problems.Length)
            terminal.Say($"and {reading.ProblemCount - reading.Problems.Length} more");
    }
}

namespace DerChain.EndToEnd.Tests.Readme;

public sealed class ReadmeTests
{
    [Fact]
    public void The_sample_runs_and_says_what_the_readme_says()
    {
        using var output = new StringWriter();
        Sample.Run(output);

        string readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
        Assert.StartsWith("block 3: Telemetry signed by HOME1", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(output.ToString().ReplaceLineEndings("\n"), readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_of_running_validators_says_what_the_readme_says()
    {
        using var output = new StringWriter();
        await NodeSample.RunAsync(output);
        Assert.Equal("valid: block 1 of the third validator\n", output.ToString().ReplaceLineEndings("\n"));
        Assert.Contains(output.ToString().ReplaceLineEndings("\n"), File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sample.cs")]
    [InlineData("NodeSample.cs")]
    public void The_readme_shows_the_sample_word_for_word(string file)
    {
        string[] source = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "tests", "EndToEnd", "Readme", file));
        int begin = Array.FindIndex(source, static line => line.Contains("README begins", StringComparison.Ordinal));
        int end = Array.FindIndex(source, static line => line.Contains("README ends", StringComparison.Ordinal));
        IEnumerable<string> sample = source[(begin + 1)..end].Select(static line => line.Length >= 8 ? line[8..] : line);

        Assert.Contains(string.Join('\n', sample), File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md")), StringComparison.Ordinal);
    }
}

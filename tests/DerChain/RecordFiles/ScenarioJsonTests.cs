using DerChain.RecordFiles;

namespace DerChain.Tests.RecordFiles;

public sealed class ScenarioJsonTests
{
    private const string Scenario = "scenario.json";

    [Theory]
    [InlineData("\"format_version\": 1", "\"format_version\": 2", "format_version", 2, "is not 1, the only version there is")]
    [InlineData("\"seed\": 1", "\"seed\": -1", "seed", 3, "is not a whole number of 0 to 18446744073709551615")]
    [InlineData("\"seed\": 1", "\"seed\": \"1\"", "seed", 3, "is not a whole number of 0 to 18446744073709551615")]
    [InlineData("2021-07-15", "2021-02-30", "trading_date", 4, "is not a date from 1970-01-04 on, such as 2021-07-15")]
    [InlineData("America/Los_Angeles", "America/Atlantis", "time_zone", 5, "is not the IANA name of a time zone known here, such as America/Los_Angeles")]
    [InlineData("America/Los_Angeles", "../../etc/passwd", "time_zone", 5, "is not the IANA name of a time zone known here, such as America/Los_Angeles")]
    [InlineData("222200", "0", "chain_id", 6, "is not a whole number of 1 to 9223372036854775789")]
    [InlineData("\"AGG1.DERA\"", "\"\"", "aggregation", 7, "is not a name: 1 to 40 characters of A-Z a-z 0-9 . _ : -")]
    [InlineData("\"aggregator\": \"AGG1\"", "\"aggregator\": \"DP001\"", "aggregator", 0, "does not stand in participants.csv with the role aggregator")]
    [InlineData("\"fleet_description\": \"", "\"fleet_description\": \"\\ud800", "fleet_description", 10, "is not a text")]
    [InlineData("\"origin\": [", "\"origin\": [ 1,", "origin", 11, "is not an array of texts")]
    [InlineData("\"seed\"", "\"sede\"", "sede", 3, "is not a property of this file")]
    [InlineData("\"seed\"", "\"sede\"", "seed", 0, "is missing")]
    [InlineData("\"seed\": 1", "\"seed\": 1, \"seed\": 2", "seed", 3, "stands twice")]
    public void A_wrong_property_is_named_with_its_line(string old, string replacement, string property, int line, string reason)
    {
        using var day = new EditableDay();
        string text = File.ReadAllText(day.PathOf(Scenario));
        Assert.Contains(old, text);
        File.WriteAllText(day.PathOf(Scenario), text.Replace(old, replacement));
        FileProblem problem = day.Read().Problems.First(found => found.Column == property);
        Assert.Equal((Scenario, line, reason), (problem.File, problem.Line, problem.Reason));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("[]", 1)]
    [InlineData("{\n  \"seed\": 1,\n", 3)]
    [InlineData("{} {}", 1)]
    public void What_is_no_json_object_is_refused(string text, int line)
    {
        using EditableDay day = new EditableDay().Write(Scenario, [text], end: "");
        FileProblem problem = day.Read().Problems.First();
        Assert.Equal((Scenario, line, "is not JSON here"), (problem.File, problem.Line, problem.Reason));
    }
}

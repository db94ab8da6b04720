using DerChain.RecordFiles;

namespace DerChain.Tests.RecordFiles;

public sealed class ProblemTests
{
    private const string Meters = "telemetry-meters.csv";
    private const string Batteries = "telemetry-batteries.csv";
    private const string Stations = "telemetry-charging-stations.csv";
    private const string Cooling = "control-air-conditioners.csv";

    public static TheoryData<string, int, string, string, string> SpoiltCells => new()
    {
        { Meters, 17, "net_power_w", "12x", "is not a whole number" },
        { Meters, 17, "net_power_w", "1.5", "is not a whole number" },
        { Meters, 17, "net_power_w", "", "is empty" },
        { Meters, 17, "net_power_w", "-", "is not a whole number" },
        { Meters, 17, "net_power_w", "99999999999999999999", "is not between -9223372036854775808 and 9223372036854775807" },
        { Meters, 17, "net_power_w", "100000000001", "NetPowerW 100000000001 is not between -100000000000 and 100000000000" },
        { Meters, 17, "net_power_w", "7\0", "has a NUL byte" },
        { Meters, 17, "net_power_w", "7\uFFFD", "has bytes that are not UTF-8" },
        { Meters, 17, "quality", "fine", "is not one of good, estimated, clock_unsynchronised, estimated_and_clock_unsynchronised" },
        { Meters, 17, "resource", "DP001 METER", "is not a name: 1 to 40 characters of A-Z a-z 0-9 . _ : -" },
        { Meters, 17, "resource", "DP009.METER", "Resource DP009.METER is not registered" },
        { Meters, 17, "recorded_at_utc", "2021-07-15 08:00:00", "is not an instant in UTC from 1970 on, such as 2021-07-15T07:05:00Z" },
        { Meters, 17, "recorded_at_utc", "2021-07-15T07:09:59Z", "is earlier than that of a row before" },
        { Meters, 17, "sender", "DP009", "is not in participants.csv" },
        { Meters, 17, "receiver", "ISO2", "is not in participants.csv" },
        { Cooling, 2, "setpoint_milli_c", "9999", "SetpointMilliC 9999 is not between 10000 and 35000" },
        { "control-charging-stations.csv", 2, "mode", "discharge", "Mode Discharge disagrees with PowerSetpointW -3600" },
        { Batteries, 2, "soc_min_ppm", "960000", "SocMinPpm 960000 is not below SocMaxPpm 950000" },
        { "telemetry-air-conditioners.csv", 3, "is_on", "yes", "is neither true nor false" },
        { "day-ahead-bids.csv", 5, "energy_price_usd_per_mwh", "57.1234567", "has more than six decimals" },
        { "day-ahead-bids.csv", 5, "energy_price_usd_per_mwh", "2000.01", "EnergyPriceMicroUsdPerMWh 2000010000 is not between -150000000 and 2000000000" },
        { "day-ahead-bids.csv", 5, "energy_price_usd_per_mwh", "1e3", "is not a decimal number with a point" },
        { "day-ahead-bids.csv", 5, "block", "256", "is not between 0 and 255" },
        { "day-ahead-bids.csv", 5, "block", "11", "Block 11 is not between 1 and 10" },
        { "day-ahead-awards.csv", 5, "interval_start_utc", "2021-07-16T07:00:00Z", "Interval starts at 2021-07-16T07:00:00Z, which is not in the trading day" },
        { "dispatch-instructions.csv", 289, "recorded_at_utc", "2021-07-17T08:00:00Z", "RecordedAt 2021-07-17T08:00:00Z is not between 2021-07-14T15:00:03Z, when everyone is registered, and 2021-07-17T07:00:00Z" },
        { "reserve-activations.csv", 2, "period_seconds", "90001", "Period starts at 1626334200 and lasts 90001 s, which is out of range" },
        { "reserve-activations.csv", 3, "requested_w", "-1", "RequestedW -1 is not between 0 and 100000000000" },
        { "participants.csv", 4, "role", "dso", "is not one of system_operator, aggregator, prosumer, auditor" },
        { "participants.csv", 4, "role", "system_operator", "is that of ISO alone, as scenario.json says" },
        { "participants.csv", 4, "participant", "AGG1", "stands on an earlier line already" },
        { "participants.csv", 5, "aggregator", "DP001", "is no aggregator of this file" },
        { "participants.csv", 5, "aggregator", "", "is empty though this is a prosumer" },
        { "resources.csv", 2, "owner", "AGG1", "is no prosumer of participants.csv" },
        { "resources.csv", 3, "resource", "DP001.METER", "stands on an earlier line already" },
        { "resources.csv", 3, "nameplate_w", "-1", "is not between 0 and 100000000000" },
    };

    [Theory]
    [MemberData(nameof(SpoiltCells), DisableDiscoveryEnumeration = true)]
    public void A_spoilt_cell_is_named_with_file_line_column_and_value(string file, int line, string column, string value, string reason)
    {
        using EditableDay day = new EditableDay().Set(file, line, column, value);
        FileProblem problem = day.Read().Problems.First(found => found.File == file && found.Line == line);
        Assert.Equal(reason, problem.Reason);
        if (problem.Column is null) return;
        Assert.Equal((column, value.Replace('\0', '\uFFFD')), (problem.Column, problem.Value));
    }

    [Fact]
    public void A_problem_reads_as_one_line()
    {
        using EditableDay day = new EditableDay().Set(Meters, 17, "net_power_w", "12x");
        Assert.Equal("telemetry-meters.csv:17: net_power_w '12x': is not a whole number", day.Problem().ToString());
    }

    [Fact]
    public void All_problems_are_listed_by_file_and_line()
    {
        using EditableDay day = new EditableDay()
            .Set(Meters, 200, "net_power_w", "x").Set(Meters, 9, "net_power_w", "y").Set(Meters, 9, "quality", "z").Set(Cooling, 30, "reason", "w");
        Assert.Equal(
            [(Cooling, 30, "reason"), (Meters, 9, "quality"), (Meters, 9, "net_power_w"), (Meters, 200, "net_power_w")],
            day.Read().Problems.Select(problem => (problem.File, problem.Line, problem.Column!)));
    }

    [Fact]
    public void At_most_a_thousand_problems_are_listed_and_all_are_counted()
    {
        using var day = new EditableDay();
        string[] lines = day.Lines(Meters);
        day.Write(Meters, lines.Select((line, index) => index == 0 ? line : line + "x"));
        FileReading<StoredMarketDay> reading = day.Read();
        Assert.True(lines.Length > 1_001);
        Assert.Equal((1_000, lines.Length - 1L), (reading.Problems.Length, reading.ProblemCount));
    }

    [Fact]
    public void A_command_to_another_prosumers_device_is_refused()
    {
        using EditableDay day = new EditableDay().Set(Cooling, 2, "resource", "DP002.AC");
        FileProblem problem = day.Read().Problems.First();
        Assert.Equal((Cooling, 2, "resource", "DP002.AC"), (problem.File, problem.Line, problem.Column, problem.Value));
        Assert.Equal("Resource DP002.AC does not belong to prosumer DP001", problem.Reason);
    }

    [Fact]
    public void A_record_from_the_wrong_role_is_refused()
    {
        using EditableDay day = new EditableDay().Set("real-time-bids.csv", 4, "sender", "DP001");
        FileProblem problem = day.Problem();
        Assert.Equal(("real-time-bids.csv", 4), (problem.File, problem.Line));
        Assert.Equal("RealTimeBid is sent by the role Aggregator; DP001 has the role Prosumer", problem.Reason);
    }

    [Fact]
    public void An_activation_named_by_a_scheduled_command_is_refused()
    {
        using var day = new EditableDay();
        foreach (string file in EditableDay.Names.Where(static name => name.StartsWith("control-", StringComparison.Ordinal)))
            day.Write(file, day.Lines(file).Select(static line => line.Replace("T07:00:00Z,AGG1,DP001,2021-07-15T07:00:00Z,300,scheduled,", "T07:00:00Z,AGG1,DP001,2021-07-15T07:00:00Z,300,scheduled,A1")));
        FileProblem problem = day.Problem();
        Assert.Equal((Cooling, 2), (problem.File, problem.Line));
        Assert.Equal("An activation id is present where the reason is Scheduled", problem.Reason);
    }

    [Fact]
    public void Rows_of_one_message_that_disagree_are_refused()
    {
        using var day = new EditableDay();
        day.Set(Meters, 2, "device_time_utc", "2021-07-15T07:05:01Z");
        FileReading<StoredMarketDay> reading = day.Read();
        FileProblem problem = reading.Problems.First();
        Assert.Equal("device_time_utc", problem.Column);
        Assert.Equal("disagrees with '2021-07-15T07:05:01Z' on line 2 of telemetry-meters.csv, a row of the same message", problem.Reason);
    }

    [Fact]
    public void A_row_that_stands_twice_is_refused()
    {
        using var day = new EditableDay();
        List<string> lines = [.. day.Lines(Meters)];
        lines.Insert(2, lines[1]);
        FileProblem problem = day.Write(Meters, lines).Problem();
        Assert.Equal((Meters, 3, "repeats line 2: one message has one row for each"), (problem.File, problem.Line, problem.Reason));
    }

    [Fact]
    public void A_vehicle_that_is_told_by_half_is_refused()
    {
        using var day = new EditableDay();
        string[] lines = day.Lines(Stations);
        int line = 1 + Array.FindIndex(lines, static text => text.EndsWith(",,,,,,,,", StringComparison.Ordinal));
        Assert.True(line > 1);
        day.Set(Stations, line, "vehicle_soc_ppm", "500000");
        Assert.Equal(5, day.Read().Problems.Count(problem => problem.Line == line && problem.Reason == "is empty though another column of the vehicle is not"));
    }

    [Fact]
    public void A_row_with_too_few_or_too_many_fields_is_refused()
    {
        using EditableDay day = new EditableDay().Replace(Meters, 3, ",good", "").Replace(Meters, 5, ",good", ",good,good");
        Assert.Equal(
            [(3, "has 9 fields where the header has 10"), (5, "has 11 fields where the header has 10")],
            day.Read().Problems.Where(problem => problem.File == Meters).Take(2).Select(problem => (problem.Line, problem.Reason)));
    }

    [Theory]
    [InlineData("net_power_w", "net_power_kw", "net_power_w", "is missing from the header")]
    [InlineData("net_power_w", "net_power_w,net_power_kw", "net_power_kw", "is not a column of this file")]
    [InlineData("net_power_w", "net_power_w,net_power_w", "net_power_w", "stands 2 times in the header")]
    [InlineData("net_power_w", "\"net_power_w", null, "a quote is not closed on its line")]
    [InlineData("net_power_w", "\"net_power_w\"x", null, "text follows a closing quote")]
    [InlineData("net_power_w", "net\"power_w", null, "a quote stands inside a field that is not quoted")]
    public void A_wrong_header_is_refused(string old, string replacement, string? column, string reason)
    {
        using EditableDay day = new EditableDay().Replace(Meters, 1, old, replacement);
        FileProblem problem = day.Read().Problems.First(found => found.Column == column);
        Assert.Equal((Meters, 1, reason), (problem.File, problem.Line, problem.Reason));
    }

    [Fact]
    public void A_header_that_is_wrong_gives_no_problem_for_each_row()
    {
        using EditableDay day = new EditableDay().Replace(Meters, 1, "net_power_w", "net_power_kw");
        Assert.Equal(2, day.Read().Problems.Count(static problem => problem.File == Meters));
    }

    [Fact]
    public void Every_missing_file_is_named()
    {
        using var day = new EditableDay();
        foreach (string file in EditableDay.Names) File.Delete(day.PathOf(file));
        FileReading<StoredMarketDay> reading = day.Read();
        Assert.Equal(EditableDay.Names, reading.Problems.Select(static problem => problem.File).Order(StringComparer.Ordinal));
        Assert.All(reading.Problems, static problem => Assert.Equal((0, "is missing"), (problem.Line, problem.Reason)));
    }

    [Fact]
    public void An_empty_file_has_no_header()
    {
        using EditableDay day = new EditableDay().Write("reserve-activations.csv", []);
        FileProblem problem = day.Problem();
        Assert.Equal((1, "has no header: the first line names the columns"), (problem.Line, problem.Reason));
    }

    [Fact]
    public void A_line_that_is_too_long_is_refused_and_the_next_is_read()
    {
        using var day = new EditableDay();
        List<string> lines = [.. day.Lines("reserve-activations.csv")];
        foreach (int length in (int[])[65_537, 65_538, 65_539, 131_076, 1_000_000]) lines.Insert(2, new string('9', length));
        day.Write("reserve-activations.csv", lines);
        FileReading<StoredMarketDay> reading = day.Read();
        Assert.Equal([3, 4, 5, 6, 7], reading.Problems.Select(static problem => problem.Line));
        Assert.All(reading.Problems, static problem => Assert.Equal("is longer than 65536 characters", problem.Reason));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        using var day = new EditableDay();
        byte[] bytes = File.ReadAllBytes(day.PathOf(Meters));
        bytes[^2] = 0xFF;
        File.WriteAllBytes(day.PathOf(Meters), bytes);
        FileProblem problem = day.Read().Problems.First(static found => found.File == Meters);
        Assert.Equal(("net_power_w", "has bytes that are not UTF-8"), (problem.Column, problem.Reason));
    }

    [Fact]
    public void What_spreadsheets_do_to_a_file_is_accepted()
    {
        using var day = new EditableDay();
        string[] lines = day.Lines(Meters);
        IEnumerable<string> quoted = lines.Select(static line => string.Join(',', line.Split(',').Reverse().Select(static cell => $"\"{cell}\"")));
        File.WriteAllText(day.PathOf(Meters), "\uFEFF" + string.Join("\r\n", quoted) + "\r\n\r\n");
        FileReading<StoredMarketDay> reading = day.Read();
        Assert.True(reading.IsValid, string.Join('\n', reading.Problems.Take(3)));
        using var untouched = new EditableDay();
        Assert.Equal(untouched.Read().Value!.Day.Messages.Count(), reading.Value.Day.Messages.Count());
    }

    [Fact]
    public void The_order_of_rows_within_an_instant_does_not_matter()
    {
        using var day = new EditableDay();
        string[] lines = day.Lines(Meters);
        (lines[1], lines[3]) = (lines[3], lines[1]);
        Assert.Equal("DP001", day.Write(Meters, lines).Read().Value!.Day.Messages.First(static message => message.Sender.Value.StartsWith('D')).Sender.Value);
    }

    [Fact]
    public void Read_OfNoFolder_IsOneProblem()
    {
        using var folder = new TemporaryFolder();
        FileProblem problem = Assert.Single(MarketDayFiles.Read(folder.Path).Problems);
        Assert.Equal("is not a folder", problem.Reason);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_one_problem()
    {
        using var day = new EditableDay();
        using FileStream locked = new(day.PathOf(Meters), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        FileProblem problem = day.Problem();
        Assert.StartsWith("cannot be read: ", problem.Reason);
    }
}

using System.Collections.Immutable;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>Hourly load and PV of houses, from a user's file.</summary>
/// <remarks>The file has months and hours but no days: these are counted, from the first change of month on, because only there the day is
/// certain.</remarks>
internal sealed class ProfileFile
{
    private const int Hours = 24;
    private const int LeapYear = 2020;
    private const double LargestKwh = 1_000.0;

    private static readonly ImmutableArray<string> Columns = ["building", "month", "hour_ending", "load_kwh", "pv_kwh"];

    private readonly Dictionary<string, BuildingHours> _buildings = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    private ProfileFile(string name) => Name = name;

    /// <summary>Name of the file.</summary>
    public string Name { get; }

    /// <summary>Reads the houses; null where there is a problem.</summary>
    public static ProfileFile? Read(string path, ProblemList problems)
    {
        long before = problems.Count;
        var profiles = new ProfileFile(Path.GetFileName(path));
        using var file = new CsvReader(path, Columns, allowsOthers: true, problems);
        while (file.NextRow())
        {
            (string building, int month, int hour) = (file.Text(), file.Whole<int>(), file.Whole<int>());
            if (month is < 1 or > 12) file.Refuse(Columns[1], "is not a month of 1 to 12");
            if (hour is < 1 or > Hours) file.Refuse(Columns[2], "is not an hour of 1 to 24");
            bool isDated = file.Refusals == 0;
            var values = new Hour(month, hour, file.Measured(LargestKwh), file.Measured(LargestKwh));
            if (isDated) profiles.Add(file, building, values);
        }

        if (profiles._order.Count == 0 && problems.Count == before) problems.Add(profiles.Name, 0, null, null, "has no rows");
        return problems.Count == before ? profiles : null;
    }

    /// <summary>The houses on a day of the year, in the order of the file; null where not all hours of all houses are there.</summary>
    public ImmutableArray<HouseProfile>? Of(DateOnly date)
    {
        HouseProfile?[] houses = [.. _order.Select(building => _buildings[building].Of(date.Month, date.Day))];
        return houses.Contains(null) ? null : [.. houses.OfType<HouseProfile>()];
    }

    /// <summary>Says which hours of which houses are missing.</summary>
    public void ReportMissing(DateOnly date, ProblemList problems)
    {
        foreach (string building in _order)
        {
            int[] missing = _buildings[building].Missing(date.Month, date.Day);
            if (missing.Length == 0) continue;
            string hours = $"lacks for {building} on day {date:MM-dd} the hours ending {string.Join(", ", missing)}";
            problems.Add(Name, 0, Columns[2], null, hours + " (days are counted from the first change of month)");
        }
    }

    private void Add(CsvReader file, string building, Hour hour)
    {
        if (!_buildings.TryGetValue(building, out BuildingHours? hours))
        {
            _buildings.Add(building, hours = new BuildingHours());
            _order.Add(building);
        }

        if (hours.Add(hour) is { } problem) file.Refuse(Columns[2], problem);
    }

    private sealed record Hour(int Month, int Ending, double LoadKwh, double SolarKwh);

    // Hours of one house in the order of the file.
    private sealed class BuildingHours
    {
        private readonly Dictionary<(int Month, int Day), Hour?[]> _days = [];
        private Hour? _last;

        // Unknown before the first change of month, and after a gap.
        private int? _day;

        public string? Add(Hour hour)
        {
            Hour? last = _last;
            _last = hour;
            if (last is not null && hour.Ending != (last.Ending % Hours) + 1)
            {
                _day = null;
                return $"does not follow hour {last.Ending} of the row of this building before";
            }

            if (last is not null && hour.Month != last.Month) _day = 0;
            if (hour.Ending == 1) _day++;
            if (_day is not > 0) return null;
            if (_day > DateTime.DaysInMonth(LeapYear, hour.Month)) return $"is in day {_day} of month {hour.Month}";
            if (!_days.TryGetValue((hour.Month, _day.Value), out Hour?[]? day)) _days.Add((hour.Month, _day.Value), day = new Hour?[Hours]);
            if (day[hour.Ending - 1] is not null) return $"comes a second time for month {hour.Month}, day {_day}";
            day[hour.Ending - 1] = hour;
            return null;
        }

        public HouseProfile? Of(int month, int day) =>
            _days.TryGetValue((month, day), out Hour?[]? hours) && !hours.Contains(null)
                ? new HouseProfile([.. hours.Select(static hour => hour!.LoadKwh)], [.. hours.Select(static hour => hour!.SolarKwh)])
                : null;

        public int[] Missing(int month, int day)
        {
            Hour?[] hours = _days.GetValueOrDefault((month, day)) ?? new Hour?[Hours];
            return [.. Enumerable.Range(1, Hours).Where(ending => hours[ending - 1] is null)];
        }
    }
}

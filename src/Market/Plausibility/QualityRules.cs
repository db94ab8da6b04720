using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>The parameters that readings are judged by: those of a rule set on the chain, or the defaults of docs/spec/market.md, 3. The same rules over
/// the same records give the same verdicts to everyone.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class QualityRules
{
    private const int OneInPpm = RecordRules.OneInPpm;

    private readonly ImmutableArray<long> _values;

    private QualityRules(int version, ImmutableArray<long> values)
    {
        (Version, _values) = (version, values);
        Sun = new SunModel(this);
    }

    /// <summary>The defaults.</summary>
    public static QualityRules Default { get; } = new(0, [0, .. QualityParameterRanges.All.Select(static range => range.Default)]);

    /// <summary>Version of the rule set they come from; 0 for the defaults.</summary>
    public int Version { get; }

    /// <summary>All parameters in ascending order: what a rule set on the chain says to give these rules.</summary>
    public ImmutableArray<QualityParameterRow> Rows =>
        [.. QualityParameterRanges.All.Select(range => new QualityParameterRow(range.Parameter, this[range.Parameter]))];

    /// <summary>The sun over the sites.</summary>
    internal SunModel Sun { get; }

    /// <summary>Value of a parameter, in its unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    public long this[QualityParameter parameter] =>
        parameter > 0 && (int)parameter < _values.Length
            ? _values[(int)parameter]
            : throw new ArgumentOutOfRangeException(nameof(parameter), parameter, "There is no such parameter.");

    /// <summary>The rules of a rule set.</summary>
    /// <param name="version">Its version, ≥ 1.</param>
    /// <param name="rows">Parameters that it gives; the others have their defaults.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="error">What is wrong with the rows.</param>
    public static bool TryCreate(
        int version,
        IEnumerable<QualityParameterRow> rows,
        [NotNullWhen(true)] out QualityRules? rules,
        [NotNullWhen(false)] out QualityRulesError? error)
    {
        ArgumentNullException.ThrowIfNull(rows);
        long[] values = [.. Default._values];
        error = version >= 1 ? Fill(values, rows) ?? Compare(values) : new(QualityRulesErrorCode.VersionOutOfRange, $"Version {version} is below 1.");
        rules = error is null ? new QualityRules(version, [.. values]) : null;
        return error is null;
    }

    /// <summary>A part of a quantity, rounded down in magnitude.</summary>
    internal static long Part(long quantity, long ppm) => (long)((Int128)quantity * ppm / OneInPpm);

    private static QualityRulesError? Fill(long[] values, IEnumerable<QualityParameterRow> rows)
    {
        var given = new HashSet<QualityParameter>();
        foreach ((QualityParameter parameter, long value) in rows)
        {
            if (parameter == 0 || (int)parameter >= values.Length)
                return new(QualityRulesErrorCode.ParameterUnknown, $"There is no parameter {(byte)parameter}.");

            if (!given.Add(parameter))
                return new(QualityRulesErrorCode.ParameterRepeated, $"{parameter} is given twice.");

            QualityParameterRange range = QualityParameterRanges.All[(int)parameter - 1];
            if (value < range.Min || value > range.Max)
                return new(QualityRulesErrorCode.ValueOutOfRange, $"{parameter} {value} is not between {range.Min} and {range.Max}.");

            values[(int)parameter] = value;
        }

        return null;
    }

    private static QualityRulesError? Compare(long[] values)
    {
        foreach ((QualityParameter lower, QualityParameter upper) in QualityParameterRanges.Ordered)
            if (values[(int)lower] > values[(int)upper])
                return new(QualityRulesErrorCode.LimitsInverted, $"{lower} {values[(int)lower]} is above {upper} {values[(int)upper]}.");

        return null;
    }
}

using DerChain.Market.Codec;
using DerChain.Market.Plausibility;
using DerChain.Market.Records;

namespace DerChain.Market.Tests.Plausibility;

public sealed class QualityRulesTests
{
    public static TheoryData<QualityParameter> Parameters => [.. Enum.GetValues<QualityParameter>()];

    /// <summary>Rules with some parameters changed, the others at their defaults.</summary>
    internal static QualityRules With(params (QualityParameter Parameter, long Value)[] changes)
    {
        Assert.True(QualityRules.TryCreate(1, changes.Select(static change => new QualityParameterRow(change.Parameter, change.Value)), out var rules, out _));
        return rules;
    }

    [Fact]
    public void The_defaults_are_those_of_the_specification()
    {
        QualityRules rules = QualityRules.Default;

        Assert.Equal(0, rules.Version);
        Assert.Equal((600, 60, 300), (rules[QualityParameter.FreshnessWarnSeconds], rules[QualityParameter.ClockSkewWarnSeconds], rules[QualityParameter.ClockSkewFailSeconds]));
        Assert.Equal((12, 36), (rules[QualityParameter.StuckWarnIntervals], rules[QualityParameter.StuckFailIntervals]));
        Assert.Equal((50_000, 150_000), (rules[QualityParameter.PowerWarnPpm], rules[QualityParameter.PowerFailPpm]));
        Assert.Equal((34_050_000, -118_250_000), (rules[QualityParameter.LatitudeMicroDegrees], rules[QualityParameter.LongitudeMicroDegrees]));
        Assert.Equal((750, 400, 2_500),
            (rules[QualityParameter.ThermalWarnMilliC], rules[QualityParameter.ThermalMeanWarnMilliC], rules[QualityParameter.ThermalFailMilliC]));
    }

    [Fact]
    public void Rows_give_the_same_rules_again()
    {
        QualityRules rules = With((QualityParameter.PowerWarnPpm, 40_000), (QualityParameter.LatitudeMicroDegrees, -33_900_000));

        Assert.Equal(Enum.GetValues<QualityParameter>(), rules.Rows.Select(static row => row.Parameter));
        Assert.True(QualityRules.TryCreate(7, rules.Rows, out QualityRules? again, out _));
        Assert.Equal((7, 40_000, -33_900_000), (again.Version, again[QualityParameter.PowerWarnPpm], again[QualityParameter.LatitudeMicroDegrees]));
        Assert.Equal(rules.Rows, again.Rows);
    }

    [Fact]
    public void A_rule_set_on_the_chain_gives_its_rules()
    {
        QualityRules rules = With((QualityParameter.ThermalBiasMilliC, -250));
        byte[] payload = RecordCodec.Encode(new QualityRuleSet(3, rules.Rows));
        Assert.True(RecordCodec.TryDecode(payload, out MarketRecord? record, out _));
        var read = Assert.IsType<QualityRuleSet>(record);
        Assert.True(QualityRules.TryCreate(read.Version, read.Rows, out QualityRules? again, out _));
        Assert.Equal(3, again.Version);
        Assert.Equal(rules.Rows, again.Rows);
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_parameter_may_reach_its_bounds_and_not_pass_them(QualityParameter parameter)
    {
        QualityParameterRange range = QualityParameterRanges.All.Single(range => range.Parameter == parameter);

        Assert.InRange(range.Default, range.Min, range.Max);
        Assert.NotEqual(QualityRulesErrorCode.ValueOutOfRange, ErrorOf(parameter, range.Min));
        Assert.NotEqual(QualityRulesErrorCode.ValueOutOfRange, ErrorOf(parameter, range.Max));
        Assert.Equal(QualityRulesErrorCode.ValueOutOfRange, ErrorOf(parameter, range.Min - 1));
        Assert.Equal(QualityRulesErrorCode.ValueOutOfRange, ErrorOf(parameter, range.Max + 1));
    }

    [Fact]
    public void A_limit_of_warning_is_not_above_that_of_failure()
    {
        foreach ((QualityParameter lower, QualityParameter upper) in QualityParameterRanges.Ordered)
        {
            Assert.True(QualityRules.Default[lower] <= QualityRules.Default[upper]);
            long highest = QualityParameterRanges.All.Single(range => range.Parameter == lower).Max;
            Assert.Null(ErrorOf(lower, Math.Min(highest, QualityRules.Default[upper])));
            QualityParameterRange range = QualityParameterRanges.All.Single(range => range.Parameter == upper);
            long between = Math.Max(range.Min, QualityRules.Default[lower]);
            Assert.Equal(QualityRulesErrorCode.LimitsInverted, ErrorOf(new QualityParameterRow(lower, between + 1), new QualityParameterRow(upper, between)));
        }
    }

    [Fact]
    public void Rows_of_a_stranger_give_an_error()
    {
        Assert.Equal(QualityRulesErrorCode.ParameterUnknown, ErrorOf(0, 1));
        Assert.Equal(QualityRulesErrorCode.ParameterUnknown, ErrorOf((QualityParameter)255, 1));
        QualityParameterRow row = new(QualityParameter.PowerFloorW, 10);
        Assert.False(QualityRules.TryCreate(1, [row, row], out _, out QualityRulesError? error));
        Assert.Equal(QualityRulesErrorCode.ParameterRepeated, error.Code);
        Assert.False(QualityRules.TryCreate(0, [row], out _, out error));
        Assert.Equal(QualityRulesErrorCode.VersionOutOfRange, error.Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => QualityRules.Default[(QualityParameter)255]);
    }

    private static QualityRulesErrorCode? ErrorOf(QualityParameter parameter, long value) => ErrorOf(new QualityParameterRow(parameter, value));

    private static QualityRulesErrorCode? ErrorOf(params QualityParameterRow[] rows)
    {
        QualityRules.TryCreate(1, rows, out _, out QualityRulesError? error);
        return error?.Code;
    }
}

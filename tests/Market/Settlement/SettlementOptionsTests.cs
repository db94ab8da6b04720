using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

public sealed class SettlementOptionsTests
{
    [Fact]
    public void The_defaults_and_the_limits_are_in_range()
    {
        new SettlementOptions().Validate();
        new SettlementOptions { PenaltyFactorPpm = 0, LookBackDays = 0, FeePpm = 1_000_000 }.Validate();
        new SettlementOptions { PenaltyFactorPpm = 10_000_000, LookBackDays = 366, Awards = AwardSemantics.Total }.Validate();
    }

    public static TheoryData<SettlementOptions> OutOfRange =>
    [
        new SettlementOptions { PenaltyFactorPpm = -1 }, new SettlementOptions { PenaltyFactorPpm = 10_000_001 }, new SettlementOptions { LookBackDays = -1 },
        new SettlementOptions { LookBackDays = 367 }, new SettlementOptions { FeePpm = -1 }, new SettlementOptions { FeePpm = 1_000_001 },
        new SettlementOptions { Awards = (AwardSemantics)2 }, new SettlementOptions { Deployment = (DeploymentSemantics)2 },
    ];

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_parameter_out_of_its_range_is_misuse(SettlementOptions options) => Assert.Throws<ArgumentOutOfRangeException>(options.Validate);
}

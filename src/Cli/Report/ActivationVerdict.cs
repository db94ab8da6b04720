using DerChain.Market.Verification;

namespace DerChain.Cli.Report;

/// <summary>The verdict on an activation, in the words of that on an hour.</summary>
internal static class ActivationVerdict
{
    /// <summary>Records hold whole watts, so less is rounding (as in <see cref="ReserveAssessment.IsShort"/>).</summary>
    private const double WattInKw = 0.001;

    /// <summary>Short where a watt or more of what was called is not credited; not verifiable where there is no assessment.</summary>
    public static ReserveVerdict Of(DeliveryAssessment? delivery) => delivery switch
    {
        null => ReserveVerdict.NotVerifiable,
        { ShortfallKw: >= WattInKw } => ReserveVerdict.Short,
        _ => ReserveVerdict.Delivered,
    };
}

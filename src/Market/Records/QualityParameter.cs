namespace DerChain.Market.Records;

/// <summary>A parameter of the checks of data quality. The values are on the chain and never change.</summary>
public enum QualityParameter : byte
{
    /// <summary>T_obs of Q03, seconds.</summary>
    ObservationSeconds = 1,
}

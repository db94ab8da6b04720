namespace DerChain.Market.Settlement;

/// <summary>What a positive amount in an exported statement means. Inside the ledger it is always paid to the aggregator.</summary>
public enum SignConvention
{
    /// <summary>It is paid to the aggregator.</summary>
    PositiveIsPayment,

    /// <summary>It is charged to the aggregator, as CAISO's statements have it.</summary>
    PositiveIsCharge,
}

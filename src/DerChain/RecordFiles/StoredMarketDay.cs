using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>A market day read from files, with what its chain follows from.</summary>
/// <param name="Day">The day; its messages are in memory.</param>
/// <param name="Seed">Seed from which the participants' keys follow (<see cref="MarketDayOptions.Seed"/>).</param>
/// <param name="ChainId">Chain id of its transactions (<see cref="MarketDayOptions.ChainId"/>).</param>
public sealed record StoredMarketDay(MarketDay Day, ulong Seed, ulong ChainId);

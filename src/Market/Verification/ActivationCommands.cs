using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>The first command of each activation to each prosumer.</summary>
internal sealed class ActivationCommands
{
    private readonly Dictionary<(ActivationId Activation, Address Prosumer), LedgerEntry> _first = [];

    public void Add(LedgerEntry entry, ControlCommand command)
    {
        if (command.Activation is { } activation) _first.TryAdd((activation, entry.Receiver), entry);
    }

    public LedgerEntry? Find(ActivationId activation, Address prosumer) => _first.GetValueOrDefault((activation, prosumer));
}

using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Participants;

/// <summary>What the consortium admits to its ledger: canonical records between the roles of <see cref="RoleMatrix"/>, about devices of the prosumer
/// concerned, and plain transfers of value between participants.</summary>
/// <remarks>
/// The state is a <see cref="Registry"/>. It starts with the system operator alone, which then registers everyone else. Whether a reading is
/// plausible is no rule (docs/spec/market.md, 3).
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class MarketRule : ITransactionRule
{
    /// <summary>Name under which the system operator stands in the registry from the start.</summary>
    public const string SystemOperatorName = "ISO";

    private const int RuleVersion = 1;

    private readonly Registry _initialState;

    /// <summary>Makes the rule of a ledger.</summary>
    /// <param name="systemOperator">Account of the system operator (ISO).</param>
    public MarketRule(Address systemOperator)
    {
        Identity = $"DerChain.Market {RuleVersion}, record format {RecordCodec.FormatVersion}, system operator {systemOperator}";
        var row = new ParticipantRow(systemOperator, new ParticipantId(SystemOperatorName), ParticipantRole.SystemOperator, null);
        _initialState = new Registry(
            ImmutableDictionary<Address, ParticipantRow>.Empty.Add(systemOperator, row), ImmutableDictionary<ResourceId, ResourceRow>.Empty);
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <summary>The rule of an identity that a store remembers (<see cref="Identity"/>).</summary>
    /// <returns>Null where the identity is that of another rule or version.</returns>
    public static MarketRule? FromIdentity(string identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        string account = identity[(identity.LastIndexOf(' ') + 1)..];
        return Address.TryParse(account, out Address systemOperator) && new MarketRule(systemOperator) is var rule && rule.Identity == identity
            ? rule
            : null;
    }

    /// <inheritdoc/>
    public TransactionRuleState InitialState => _initialState;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The state is not a <see cref="Registry"/>.</exception>
    public TransactionRuleResult Apply(TransactionRuleState state, Address sender, Address recipient, ReadOnlySpan<byte> payload)
    {
        if (state is not Registry registry) throw new ArgumentException("The state is not a registry.", nameof(state));
        if (!registry.TryGetParticipant(sender, out ParticipantRow? from))
            return TransactionRuleResult.Forbid($"Sender {sender} is not registered.");
        if (!registry.TryGetParticipant(recipient, out ParticipantRow? to))
            return TransactionRuleResult.Forbid($"Recipient {recipient} is not registered.");
        if (payload.IsEmpty) return TransactionRuleResult.Admit(registry);
        if (!RecordCodec.TryDecode(payload, out MarketRecord? record, out RecordError? error))
            return TransactionRuleResult.Forbid($"The payload is not a record ({error.Code}): {error.Message}");
        return CheckRoles(record.Kind, from, to) is { } violation
            ? TransactionRuleResult.Forbid(violation)
            : Apply(registry, record, from, to);
    }

    /// <inheritdoc/>
    public TransactionRuleState DecodeState(ReadOnlySpan<byte> bytes) => RegistryCodec.Decode(bytes);

    private static string? CheckRoles(RecordKind kind, ParticipantRow from, ParticipantRow to)
    {
        (ParticipantRole sender, ParticipantRole receiver) = RoleMatrix.RolesOf(kind);
        if (from.Role != sender) return $"{kind} is sent by the role {sender}; {from.Participant} has the role {from.Role}.";
        return to.Role != receiver ? $"{kind} is sent to the role {receiver}; {to.Participant} has the role {to.Role}." : null;
    }

    private static TransactionRuleResult Apply(Registry registry, MarketRecord record, ParticipantRow from, ParticipantRow to)
    {
        switch (record)
        {
            case Telemetry telemetry:
                return Judge(registry, DeviceRules.Check(registry, telemetry, from, to));
            case ControlCommand command:
                return Judge(registry, DeviceRules.Check(registry, command, from, to));
            case ParticipantRegistration registration:
                return RegistrationChecks.Check(registry, registration, from, to) is { } participant
                    ? TransactionRuleResult.Forbid(participant)
                    : TransactionRuleResult.Admit(registry.With(registration));
            case ResourceRegistration registration:
                return RegistrationChecks.Check(registry, registration, from, to) is { } resource
                    ? TransactionRuleResult.Forbid(resource)
                    : TransactionRuleResult.Admit(registry.With(registration));
            default:
                return TransactionRuleResult.Admit(registry);
        }
    }

    private static TransactionRuleResult Judge(Registry registry, string? violation) =>
        violation is null ? TransactionRuleResult.Admit(registry) : TransactionRuleResult.Forbid(violation);
}

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

    private const int RuleVersion = 2;

    private readonly Registry _initialState;

    /// <summary>Makes the rule of a ledger.</summary>
    /// <param name="systemOperator">Account of the system operator (ISO).</param>
    public MarketRule(Address systemOperator)
    {
        Identity = $"DerChain.Market {RuleVersion}, record format {RecordCodec.FormatVersion}, system operator {systemOperator}";
        _initialState = new Registry([new ParticipantRow(systemOperator, new ParticipantId(SystemOperatorName), ParticipantRole.SystemOperator, null)], []);
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
    public TransactionRuleResult Apply(TransactionRuleState state, ulong unixSeconds, Address sender, Address recipient, ReadOnlySpan<byte> payload)
    {
        if (state is not Registry registry) throw new ArgumentException("The state is not a registry.", nameof(state));
        long at = (long)Math.Min(unixSeconds, long.MaxValue);
        if (registry.ParticipantAt(sender, at) is not { } from) return TransactionRuleResult.Forbid(Absent(registry, "Sender", sender, at));
        if (registry.ParticipantAt(recipient, at) is not { } to) return TransactionRuleResult.Forbid(Absent(registry, "Recipient", recipient, at));
        if (payload.IsEmpty) return TransactionRuleResult.Admit(registry);
        if (!RecordCodec.TryDecode(payload, out MarketRecord? record, out RecordError? error))
            return TransactionRuleResult.Forbid($"The payload is not a record ({error.Code}): {error.Message}");
        return CheckRoles(RoleMatrix.SubjectOf(record), from, to) is { } violation
            ? TransactionRuleResult.Forbid(violation)
            : Apply(registry, at, record, from, to);
    }

    /// <inheritdoc/>
    public TransactionRuleState DecodeState(ReadOnlySpan<byte> bytes) => RegistryCodec.Decode(bytes);

    private static string Absent(Registry registry, string what, Address account, long at) =>
        registry.RoleOf(account) is null ? $"{what} {account} is not registered." : $"{what} {account} is not registered at {at}, or revoked.";

    private static string? CheckRoles(RecordKind kind, ParticipantRow from, ParticipantRow to)
    {
        ImmutableArray<(ParticipantRole Sender, ParticipantRole Receiver)> pairs = RoleMatrix.RolesOf(kind);
        if (pairs.Contains((from.Role, to.Role))) return null;
        return pairs.Any(pair => pair.Sender == from.Role)
            ? $"{kind} is sent to the role {Roles(pairs.Where(pair => pair.Sender == from.Role).Select(static pair => pair.Receiver))}; {to.Participant} has the role {to.Role}."
            : $"{kind} is sent by the role {Roles(pairs.Select(static pair => pair.Sender))}; {from.Participant} has the role {from.Role}.";
    }

    private static string Roles(IEnumerable<ParticipantRole> roles) => string.Join(" or ", roles.Distinct());

    private static TransactionRuleResult Apply(Registry registry, long at, MarketRecord record, ParticipantRow from, ParticipantRow to)
    {
        switch (record)
        {
            case Telemetry telemetry:
                return Judge(registry, DeviceRules.Check(registry, telemetry, from, to));
            case ControlCommand command:
                return Judge(registry, DeviceRules.Check(registry, command, from, to));
            case Correction correction:
                return Apply(registry, at, correction.Record, from, to);
            case ParticipantRegistration registration:
                return RegistrationChecks.Check(registry, at, registration, from, to) is { } participant
                    ? TransactionRuleResult.Forbid(participant)
                    : TransactionRuleResult.Admit(registry.With(registration));
            case ResourceRegistration registration:
                return RegistrationChecks.Check(registry, at, registration, from, to) is { } resource
                    ? TransactionRuleResult.Forbid(resource)
                    : TransactionRuleResult.Admit(registry.With(registration));
            case Allocation allocation:
                return Judge(registry, allocation.Prosumer == to.Account ? null : $"An allocation to {allocation.Prosumer} is sent to {to.Participant}.");
            default:
                return TransactionRuleResult.Admit(registry);
        }
    }

    private static TransactionRuleResult Judge(Registry registry, string? violation) =>
        violation is null ? TransactionRuleResult.Admit(registry) : TransactionRuleResult.Forbid(violation);
}

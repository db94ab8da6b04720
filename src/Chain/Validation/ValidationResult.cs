using System.Diagnostics.CodeAnalysis;

namespace DerChain.Chain.Validation;

/// <summary>Verdict on foreign input: valid, or the first rule it breaks with the offending values. The default value is valid.</summary>
public readonly struct ValidationResult
{
    private ValidationResult(Enum error, string message)
    {
        Error = error;
        Message = message;
    }

    /// <summary>The input keeps every rule.</summary>
    public static ValidationResult Valid => default;

    /// <summary>True where no rule is broken.</summary>
    [MemberNotNullWhen(false, nameof(Error), nameof(Message))]
    public bool IsValid => Error is null;

    /// <summary>The rule broken: a <see cref="ChainError"/>, a value of the consensus engine's own enumeration, or for key files a
    /// <see cref="Crypto.KeyStores.KeyStoreError"/>. Null where valid.</summary>
    public Enum? Error { get; }

    /// <summary>The rule and the offending values in one sentence. Null where valid.</summary>
    public string? Message { get; }

    /// <summary>The input breaks a rule.</summary>
    /// <param name="error">The rule: a value of such an enumeration.</param>
    /// <param name="message">What was expected and found, in one sentence.</param>
    public static ValidationResult Fail(Enum error, string message) => new(error, message);

    /// <summary><c>valid</c>, or the rule and the message.</summary>
    public override string ToString() => IsValid ? "valid" : $"{Error}: {Message}";
}

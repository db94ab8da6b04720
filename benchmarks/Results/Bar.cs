namespace DerChain.Benchmarks.Results;

/// <summary>What issue 6 asks of an operation, and whether this run meets it.</summary>
/// <param name="Wanted">The bar in words.</param>
/// <param name="Measured">What this run has to hold against it.</param>
/// <param name="IsMet">Whether it does.</param>
internal sealed record Bar(string Wanted, string Measured, bool IsMet)
{
    /// <summary>At most so much.</summary>
    public static Bar AtMost(double limit, double measured, string unit) =>
        new($"at most {limit} {unit}", ResultTable.Number(measured), measured <= limit);

    /// <summary>At least so much.</summary>
    public static Bar AtLeast(double limit, double measured, string unit) =>
        new($"at least {limit} {unit}", ResultTable.Number(measured), measured >= limit);

    /// <inheritdoc/>
    public override string ToString() => $"{Wanted}: {Measured}, {(IsMet ? "met" : "missed")}";
}

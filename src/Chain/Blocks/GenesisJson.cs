using System.Buffers;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>A genesis as Geth's <c>genesis.json</c>.</summary>
/// <remarks>
/// <para>Names match in any case; a number is a JSON number, a decimal string or a hexadecimal one after <c>0x</c>; null stands for absent; what is not
/// known is ignored, unless it is a fork. Of a value given twice the last one counts, as in Geth; <c>config</c>, <c>clique</c>, <c>alloc</c>, an account
/// or a storage slot given twice is refused.</para>
/// <para>Absent fields have Geth's defaults: difficulty 131,072, gas limit 4,712,388 (also for 0), epoch 30,000 (also for 0), a base fee of 1 gwei where
/// London is active from the start, no accounts, else 0. An absent fork is inactive, but for Petersburg, which then follows Constantinople.</para>
/// <para>Besu's <c>clique.blockperiodseconds</c> and <c>clique.epochlength</c> are read as well; in such a file EIP-155 comes with <c>eip158Block</c>.</para>
/// <para><c>config.allowUnprotectedTransactions</c> is this project's own (<see cref="ChainSpec.AllowUnprotectedTransactions"/>).</para>
/// </remarks>
/// <threadsafety>All members are pure.</threadsafety>
public static class GenesisJson
{
    /// <summary>Longest file that is read: 256 MiB, some two million accounts.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>Reads a genesis file.</summary>
    /// <param name="json">The file, in UTF-8.</param>
    /// <param name="genesis">The genesis; null where the result is not valid.</param>
    /// <returns>Valid, or what is wrong with it, naming the field: <see cref="ChainError.TooLarge"/>, <see cref="ChainError.InvalidGenesis"/>,
    /// <see cref="ChainError.UnsupportedFork"/>, <see cref="ChainError.WrongForkOrder"/>, <see cref="ChainError.UnsupportedEngine"/>,
    /// <see cref="ChainError.GasLimitOutOfBounds"/>, <see cref="ChainError.GasUsedAboveLimit"/>.</returns>
    public static ValidationResult TryRead(ReadOnlyMemory<byte> json, out Genesis? genesis)
    {
        genesis = null;
        if (json.Length > MaxBytes)
            return ValidationResult.Fail(ChainError.TooLarge, $"A genesis of {json.Length} bytes is above the limit of {MaxBytes}.");

        ValidationResult result = GenesisJsonReader.Read(json.Span, out Genesis? read);
        if (result.IsValid)
            result = GenesisRules.Check(read!);

        genesis = result.IsValid ? read : null;
        return result;
    }

    /// <summary>Writes the JSON, in UTF-8, always the same bytes for the same genesis; <see cref="TryRead"/> gives the genesis back.</summary>
    public static byte[] Write(Genesis genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        var output = new ArrayBufferWriter<byte>();
        GenesisJsonWriter.Write(genesis, output);
        return output.WrittenSpan.ToArray();
    }
}

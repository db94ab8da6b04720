using CsCheck;
using DerChain.RecordFiles;

namespace DerChain.Tests.RecordFiles;

public sealed class MutationTests
{
    private static readonly string[] Names = [.. EditableDay.Names];

    private static readonly Gen<(int File, int Place, int Kind, byte Value)> Mutation =
        Gen.Select(Gen.Int[0, Names.Length - 1], Gen.Int[0, int.MaxValue], Gen.Int[0, 4], Gen.Byte);

    [Fact]
    public void Whatever_is_done_to_the_files_reading_gives_a_day_or_problems() =>
        Mutation.Array[1, 3].Sample(
            mutations =>
            {
                using var day = new EditableDay();
                foreach ((int file, int place, int kind, byte value) in mutations)
                    Mutate(day.PathOf(Names[file]), place, kind, value);
                FileReading<StoredMarketDay> reading = day.Read();
                return reading.IsValid ? reading.ProblemCount == 0 : reading.ProblemCount >= reading.Problems.Length && reading.Problems.Length > 0;
            },
            iter: 150,
            threads: 1);

    private static void Mutate(string path, int place, int kind, byte value)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int at = place % bytes.Length;
        byte[] mutated = kind switch
        {
            0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], value, .. bytes[at..]],
            3 => bytes[..at],
            _ => SwapLines(bytes, at),
        };
        File.WriteAllBytes(path, mutated);
    }

    private static byte[] SwapLines(byte[] bytes, int at)
    {
        int end = Array.IndexOf(bytes, (byte)'\n', at);
        int nextEnd = end < 0 ? -1 : Array.IndexOf(bytes, (byte)'\n', end + 1);
        if (nextEnd < 0) return bytes;
        int start = Array.LastIndexOf(bytes, (byte)'\n', at) + 1;
        return start > end ? bytes : [.. bytes[..start], .. bytes[(end + 1)..(nextEnd + 1)], .. bytes[start..(end + 1)], .. bytes[(nextEnd + 1)..]];
    }
}

using CsCheck;
using DerChain.RecordFiles;

namespace DerChain.EndToEnd.Tests.Records;

public sealed class RecordFuzzTests
{
    private static readonly string[] Names = [.. ExportedDay.Names];

    private static readonly Gen<(int File, int Place, int Kind, byte Value)> Mutation =
        Gen.Select(Gen.Int[0, Names.Length - 1], Gen.Int[0, int.MaxValue], Gen.Int[0, 3], Gen.Byte);

    [Fact]
    public void Whatever_is_done_to_the_files_there_is_a_problem_and_no_exception() =>
        Mutation.Array[1, 3].Sample(
            static mutations =>
            {
                using var day = new ExportedDay();
                bool isChanged = false;
                foreach ((int file, int place, int kind, byte value) in mutations) isChanged |= Mutate(day, Names[file], place, kind, value);
                FileReading<ImportedRecords> reading = RecordImport.Read(day.Folder);
                return !(reading.IsValid && isChanged) && reading.ProblemCount >= reading.Problems.Length;
            },
            iter: 60,
            threads: 1);

    // Of the manifest some changes mean nothing, such as white space, and some only a chain can show, such as another head.
    private static bool Mutate(ExportedDay day, string file, int place, int kind, byte value)
    {
        byte[] bytes = File.ReadAllBytes(day.PathOf(file));
        if (bytes.Length == 0) return false;
        int at = place % bytes.Length;
        byte[] mutated = kind switch
        {
            0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], value, .. bytes[at..]],
            _ => bytes[..at],
        };
        File.WriteAllBytes(day.PathOf(file), mutated);
        return file != RecordManifest.File && !mutated.AsSpan().SequenceEqual(bytes);
    }
}

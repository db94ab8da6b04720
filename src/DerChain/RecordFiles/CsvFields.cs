namespace DerChain.RecordFiles;

/// <summary>Where the fields of a line of CSV are (RFC 4180).</summary>
/// <remarks>A field in quotes may hold commas, but no line break. Doubled quotes in it stay doubled: no value of these files
/// has a quote.</remarks>
internal static class CsvFields
{
    /// <summary>Finds the fields of a line, without the quotes around them.</summary>
    /// <returns>Null, or why the line is malformed.</returns>
    public static string? Split(ReadOnlySpan<char> line, List<Range> fields)
    {
        fields.Clear();
        int position = 0;
        while (true)
        {
            if (position < line.Length && line[position] == '"')
            {
                int close = ClosingQuote(line, position + 1);
                if (close < 0) return "a quote is not closed on its line";
                fields.Add((position + 1)..close);
                position = close + 1;
                if (position < line.Length && line[position] != ',') return "text follows a closing quote";
            }
            else
            {
                int comma = line[position..].IndexOf(',');
                int end = comma < 0 ? line.Length : position + comma;
                if (line[position..end].Contains('"')) return "a quote stands inside a field that is not quoted";
                fields.Add(position..end);
                position = end;
            }

            if (position == line.Length) return null;
            position++;
        }
    }

    private static int ClosingQuote(ReadOnlySpan<char> line, int from)
    {
        for (int index = from; index < line.Length; index++)
        {
            if (line[index] != '"') continue;
            if (index + 1 == line.Length || line[index + 1] != '"') return index;
            index++;
        }

        return -1;
    }
}

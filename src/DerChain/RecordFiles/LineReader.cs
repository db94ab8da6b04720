namespace DerChain.RecordFiles;

/// <summary>Reads lines that end with LF or CRLF, in bounded memory: of a line that is too long, only the fact is told.</summary>
/// <param name="text">The text.</param>
/// <param name="most">Longest line in characters.</param>
internal sealed class LineReader(TextReader text, int most = LineReader.MostCharacters)
{
    /// <summary>Longest line in characters, where nothing else is said.</summary>
    public const int MostCharacters = 65_536;

    // Room for the end of the longest line.
    private readonly int _mostBuffered = most + 2;
    private char[] _buffer = new char[Math.Min(most, MostCharacters) + 2];
    private int _start;
    private int _end;

    /// <summary>Longest line in characters.</summary>
    public int Most => _mostBuffered - 2;

    /// <summary>Number of the line read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The line read last is longer than <see cref="Most"/>; then it is given as empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line, without its end.</summary>
    /// <param name="line">The line; good until the next call.</param>
    /// <returns>False at the end of the text.</returns>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        IsTooLong = false;
        int length = LengthOfNext();
        while (length == _buffer.Length)
        {
            IsTooLong = true;
            _start = _end;
            length = LengthOfNext();
        }

        bool isThere = IsTooLong || _start < _end;
        line = WithoutReturn(_buffer.AsSpan(_start, length));
        IsTooLong |= line.Length > Most;
        if (IsTooLong) line = default;
        _start = Math.Min(_start + length + 1, _end);
        Number += isThere ? 1 : 0;
        return isThere;
    }

    // Length of the line from _start on; that of the whole buffer where the line does not fit into it.
    private int LengthOfNext()
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf('\n');
            if (found >= 0) return searched + found;
            searched = _end - _start;
            if (searched == _buffer.Length && !Grow()) return searched;
            if (!Fill()) return searched;
        }
    }

    private bool Grow()
    {
        if (_buffer.Length == _mostBuffered) return false;
        Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, _mostBuffered));
        return true;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int read = text.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    private static ReadOnlySpan<char> WithoutReturn(ReadOnlySpan<char> line) => line.EndsWith("\r") ? line[..^1] : line;
}

using Microsoft.Data.Sqlite;

namespace DerChain.Storage.Sqlite;

/// <summary>Statements that are run once, and how values are read, whatever a damaged file may hold.</summary>
internal static class SqliteConnectionExtensions
{
    public static void Execute(this SqliteConnection connection, string statement)
    {
        using SqliteCommand command = connection.Prepare(statement);
        command.ExecuteNonQuery();
    }

    public static List<string> ReadStrings(this SqliteConnection connection, string statement)
    {
        using SqliteCommand command = connection.Prepare(statement);
        using SqliteDataReader reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
            found.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));

        return found;
    }

    /// <summary>A statement with its parameters, whose values are set when it is run.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string statement, params ReadOnlySpan<string> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        foreach (string name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });

        return command;
    }

    /// <summary>The bytes of a column; empty where a damaged row has none.</summary>
    public static byte[] Bytes(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);

    /// <summary>The integer of a column; 0 where a damaged row has none.</summary>
    public static long Integer(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? 0 : reader.GetInt64(column);
}

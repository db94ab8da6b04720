using DerChain.RecordFiles;

namespace DerChain.Cli.Records;

/// <summary>What a user asked <c>derchain records export</c> for, beside which records.</summary>
internal sealed record ExportRecordsSettings(string Store, string Folder, RecordFormats Formats, bool Json);

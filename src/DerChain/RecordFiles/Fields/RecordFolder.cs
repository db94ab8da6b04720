using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Primitives;
using DerChain.Market.Evidence;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;

namespace DerChain.RecordFiles.Fields;

/// <summary>Checks a folder of an export against its manifest, and against a chain where there is one.</summary>
internal static class RecordFolder
{
    /// <summary>Checks all files; what is wrong goes to the problems.</summary>
    /// <returns>Null where the manifest cannot be read.</returns>
    public static ImportedRecords? Check(string folder, Blockchain? chain, ProblemList problems)
    {
        MarketLedger? ledger = chain is null ? null : new MarketLedger(chain);
        if (ManifestFile.Read(folder, problems) is not { } manifest) return null;
        if (chain is not null && !CheckChain(manifest, chain, problems)) ledger = null;
        foreach (RecordManifestFile file in manifest.Files) CheckFile(file, folder, problems);
        if (manifest.Files.Any(file => !File.Exists(Path.Combine(folder, file.Name)))) return null;

        ImmutableArray<RecordSource> sources = RecordSource.AllOf(manifest, folder, problems);
        Registry? registry = null;
        foreach (RecordSource source in sources) registry = CheckRecords(source, manifest, ledger, problems);
        if (sources.IsEmpty && manifest.Records != 0) RefuseManifest("records", $"{manifest.Records}", "is not 0, though there is no file", problems);
        return new ImportedRecords(folder, manifest, registry);
    }

    private static Registry? CheckRecords(RecordSource source, RecordManifest manifest, MarketLedger? ledger, ProblemList problems)
    {
        long problemsBefore = problems.Count;
        var order = new OrderCheck(problems);
        AdmissionCheck? admission = manifest.Filter.HasEveryRegistration ? new AdmissionCheck(manifest.SystemOperator, problems) : null;
        using ChainCheck? onChain = ledger is null ? null : new ChainCheck(manifest.Filter.Select(ledger), source.Files[0].Name, problems);
        var root = new MerkleRoot();
        foreach (LocatedRecord record in source.Read())
        {
            order.Check(record);
            onChain?.Check(record);
            if (RecordChecks.Check(record, problems) is not { } hash) continue;
            if (!manifest.Filter.Matches(record.Filed.Entry))
                problems.Add(record.File, record.Line, null, null, "is not one of the records that the manifest's filter lets through");
            admission?.Check(record);
            root.Add(RecordExport.LeafOf(hash));
        }

        onChain?.Finish();
        bool isWhole = problems.Count == problemsBefore;
        foreach (RecordFileReader file in source.Files) CheckCounts(file, manifest, isWhole, problems);
        if (isWhole) CheckRoot(root, manifest, problems);
        return admission?.Registry;
    }

    private static bool CheckChain(RecordManifest manifest, Blockchain chain, ProblemList problems)
    {
        long before = problems.Count;
        if (chain.Spec.ChainId != manifest.ChainId) Refuse("chainId", $"{manifest.ChainId}", $"is not that of the chain, which is {chain.Spec.ChainId}");
        if (chain.GenesisHash != manifest.GenesisHash) Refuse("genesisHash", $"{manifest.GenesisHash}", $"is not that of the chain, which is {chain.GenesisHash}");
        Hash256? head = chain.FindHash(manifest.HeadNumber);
        if (head is null) Refuse("headNumber", $"{manifest.HeadNumber}", $"is after the head of the chain, which is {chain.Head.Header.Number}");
        else if (head != manifest.HeadHash) Refuse("headHash", $"{manifest.HeadHash}", $"is not that of the chain at this number, which is {head}");
        Address systemOperator = RecordExport.SystemOperatorOf((MarketRule)chain.Rule!);
        if (systemOperator != manifest.SystemOperator)
            Refuse("systemOperator", $"{manifest.SystemOperator}", $"is not that of the chain, which is {systemOperator}");
        return problems.Count == before;

        void Refuse(string name, string value, string reason) => RefuseManifest(name, value, reason, problems);
    }

    private static void CheckFile(RecordManifestFile file, string folder, ProblemList problems)
    {
        problems.Open(file.Name);
        if (!FolderFiles.Exists(folder, file.Name, problems)) return;
        Hash256 found = RecordExport.Sha256Of(Path.Combine(folder, file.Name));
        if (found != file.Sha256)
            problems.Add(file.Name, 0, null, null, $"was changed: its SHA-256 is {found.ToString()[2..]}, the manifest has {file.Sha256.ToString()[2..]}");
    }

    // Of a file with a line that cannot be read the records cannot be counted.
    private static void CheckCounts(RecordFileReader file, RecordManifest manifest, bool isWhole, ProblemList problems)
    {
        RecordManifestFile stated = manifest.Files.Single(listed => listed.Name == file.Name);
        string path = $"files[{manifest.Files.IndexOf(stated)}]";
        if (stated.Lines != file.Lines) RefuseManifest($"{path}.lines", $"{stated.Lines}", $"is not the number of lines of {file.Name}, which has {file.Lines}", problems);
        if (isWhole && stated.Records != file.Records)
            RefuseManifest($"{path}.records", $"{stated.Records}", $"is not the number of records of {file.Name}, which has {file.Records}", problems);
    }

    private static void CheckRoot(MerkleRoot root, RecordManifest manifest, ProblemList problems)
    {
        if (root.Count != manifest.Records) RefuseManifest("records", $"{manifest.Records}", $"is not the number of records, which is {root.Count}", problems);
        if (root.Value != manifest.Root)
            RefuseManifest("root", manifest.Root?.ToString() ?? "null", $"is not the root over the records, which is {root.Value?.ToString() ?? "null"}", problems);
    }

    private static void RefuseManifest(string name, string value, string reason, ProblemList problems) =>
        problems.Add(RecordManifest.File, 0, name, value, reason);
}

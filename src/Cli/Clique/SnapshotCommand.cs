using System.CommandLine;
using System.Text.Json;
using DerChain.Chain.Primitives;
using DerChain.Cli.Report;
using DerChain.Consensus.Clique;

namespace DerChain.Cli.Clique;

/// <summary><c>derchain clique snapshot</c>: authorities, recent signers, votes and tallies after a block.</summary>
internal static class SnapshotCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> store = CliqueStore.PathOption();
        Option<ulong?> block = Options.OptionalNumber("--block", "Number of the block after which the snapshot holds. Default: the head.");
        Option<bool> json = Options.Json();
        var command = new Command("snapshot", "Show the authorities after a block, who sealed recently, and the votes under way.")
        {
            store,
            block,
            json,
        };
        command.SetAction(line =>
        {
            using CliqueStore clique = CliqueStore.Open(line.GetRequiredValue(store)!);
            (CliqueSnapshot snapshot, Hash256 hash) = clique.SnapshotAt(line.GetValue(block) ?? clique.Chain.Head.Header.Number);
            if (line.GetValue(json))
                terminal.WriteJson(document => Write(document, snapshot, hash));
            else
                Write(terminal.Output, snapshot, hash);
        });
        return command;
    }

    private static void Write(TextWriter output, CliqueSnapshot snapshot, Hash256 hash)
    {
        output.WriteLine($"block    {snapshot.Number} {hash}");
        foreach (Address signer in snapshot.Signers)
            output.WriteLine($"signer   {signer.ToChecksumString()}");

        foreach ((ulong number, Address signer) in snapshot.Recents)
            output.WriteLine($"recent   {signer.ToChecksumString()} sealed block {number}");

        foreach (Vote vote in snapshot.Votes)
            output.WriteLine($"vote     {vote.Signer.ToChecksumString()} to {VoteText.Verb(vote.Authorizes)} {vote.Account.ToChecksumString()}, in block {vote.Number}");

        foreach ((Address account, Tally tally) in snapshot.Tallies)
        {
            string votes = Wording.Plural(tally.Count, "vote", "votes");
            output.WriteLine($"tally    {votes} to {VoteText.Verb(tally.Authorizes)} {account.ToChecksumString()}; {snapshot.SignerLimit} decide");
        }
    }

    // The names of Geth's clique_getSnapshot.
    private static void Write(Utf8JsonWriter json, CliqueSnapshot snapshot, Hash256 hash)
    {
        json.WriteNumber("number", snapshot.Number);
        json.WriteString("hash", hash.ToString());
        json.WriteAddresses("signers", snapshot.Signers);
        json.WriteObjects("recents", snapshot.Recents, recent =>
        {
            json.WriteNumber("block", recent.Key);
            json.WriteAddress("signer", recent.Value);
        });
        json.WriteObjects("votes", snapshot.Votes, vote =>
        {
            json.WriteAddress("signer", vote.Signer);
            json.WriteNumber("block", vote.Number);
            json.WriteAddress("address", vote.Account);
            json.WriteBoolean("authorize", vote.Authorizes);
        });
        json.WriteObjects("tally", snapshot.Tallies, tally =>
        {
            json.WriteAddress("address", tally.Key);
            json.WriteBoolean("authorize", tally.Value.Authorizes);
            json.WriteNumber("votes", tally.Value.Count);
        });
    }
}

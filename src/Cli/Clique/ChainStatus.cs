using System.Collections.Immutable;
using System.Text.Json;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Cli.Report;
using DerChain.Consensus.Clique;

namespace DerChain.Cli.Clique;

/// <summary>Where a chain under Clique stands, and who may seal next.</summary>
internal sealed record ChainStatus(
    HeadCandidate Head,
    BlockReference Finalized,
    CliqueParameters Parameters,
    CliqueSnapshot Snapshot,
    BlockReference? Conflict,
    int Proposals,
    SealerActivity Activity)
{
    private ulong Next => Head.Header.Number + 1;

    private Address? InTurn
    {
        get
        {
            foreach (Address signer in Snapshot.Signers)
            {
                if (Snapshot.IsInTurn(Next, signer))
                    return signer;
            }

            return null;
        }
    }

    // The first block that each may seal.
    private ImmutableArray<(Address Signer, ulong From)> Waiting =>
    [
        .. from signer in Snapshot.Signers
           let until = Snapshot.SignedRecently(Next, signer)
           where until is not null
           select (signer, until.Value + 1),
    ];

    public static ChainStatus Of(CliqueStore clique) => new(
        clique.Chain.Head,
        clique.Chain.Finalized,
        clique.Parameters,
        clique.Snapshot,
        clique.Chain.FinalityConflict is { } conflict ? new BlockReference(conflict.Header.Number, conflict.Hash) : null,
        clique.Proposals.All.Count,
        SealerActivity.Of(clique));

    public void Write(TextWriter output)
    {
        output.WriteLine($"head             {Head.Header.Number} {Head.Hash}");
        output.WriteLine($"final            {Finalized.Number} {Finalized.Hash}");
        output.WriteLine($"period, epoch    {Parameters.PeriodSeconds} s, {Parameters.EpochLength} blocks");
        output.WriteLine($"authorities      {Snapshot.Signers.Length}; the chain goes on while {Snapshot.SignerLimit} of them seal");
        if (InTurn is { } inTurn)
            output.WriteLine($"in turn          {inTurn.ToChecksumString()} for block {Next}");

        foreach ((Address signer, ulong from) in Waiting)
            output.WriteLine($"signed recently  {signer.ToChecksumString()}; it may seal again from block {from}");

        output.WriteLine($"proposals        {Proposals}");
        output.WriteLine($"last blocks      {Wording.Plural(Activity.Blocks, "block", "blocks")}, {Activity.InTurnPercent} % in turn");
        foreach ((Address sealer, int blocks) in Activity.BySealer)
            output.WriteLine($"sealer           {sealer.ToChecksumString()} sealed {blocks} of them");

        if (Snapshot.Signers.IsEmpty)
            output.WriteLine(StatusCommand.NoAuthorities);

        if (Conflict is { } head)
        {
            output.WriteLine($"FINALITY CONFLICT: the better head {head.Number} {head.Hash} leaves the final block. Nothing is sealed on this store until");
            output.WriteLine($"'derchain clique accept-reorganisation {head.Hash}' follows it, or the other branch overtakes it.");
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteHead(Head.Header.Number, Head.Hash, Head.Header.StateRoot);
        json.WriteBlock("finalized", Finalized);
        json.WriteNumber("period", Parameters.PeriodSeconds);
        json.WriteNumber("epoch", Parameters.EpochLength);
        json.WriteAddresses("signers", Snapshot.Signers);
        json.WriteNumber("needed", Snapshot.SignerLimit);
        json.WriteStartObject("next");
        json.WriteNumber("number", Next);
        json.WriteString("inTurn", InTurn?.ToChecksumString());
        json.WriteObjects("signedRecently", Waiting, waiting =>
        {
            json.WriteAddress("signer", waiting.Signer);
            json.WriteNumber("maySealFrom", waiting.From);
        });
        json.WriteEndObject();
        json.WriteBlock("finalityConflict", Conflict);
        json.WriteNumber("proposals", Proposals);
        json.WriteStartObject("lastBlocks");
        json.WriteNumber("numBlocks", Activity.Blocks);
        json.WriteNumber("inturnPercent", Activity.InTurnPercent);
        json.WriteObjects("sealers", Activity.BySealer, sealer =>
        {
            json.WriteAddress("address", sealer.Key);
            json.WriteNumber("blocks", sealer.Value);
        });
        json.WriteEndObject();
    }
}

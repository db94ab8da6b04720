using System.CommandLine;
using System.CommandLine.Parsing;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Evidence;

namespace DerChain.Cli.Evidence;

/// <summary>The options that say what whoever verifies a receipt trusts.</summary>
internal sealed class TrustOptions
{
    private const ulong DefaultEpoch = 30_000;

    private readonly Option<string[]> _authorities = new("--authority")
    {
        Description = "Address of an authority that may seal the receipt's first block; once for each.",
    };

    private readonly Option<string?> _checkpoint = new("--checkpoint") { Description = "Hash of the checkpoint or genesis at which the receipt begins." };
    private readonly Option<string[]> _hashes = new("--trusted-hash") { Description = "Hash of the receipt's block, or of a later one, that is known to be final." };
    private readonly Option<ulong?> _chainId = Options.OptionalNumber("--chain-id", "Chain id that the transaction must name; with --authority or --checkpoint.");
    private readonly Option<ulong> _epoch = Options.Number("--epoch", "Blocks between checkpoints of the network.", DefaultEpoch, 1UL, ulong.MaxValue);
    private readonly Option<ulong> _period = Options.Number("--period", "Least number of seconds between blocks of the network.", 0UL, 0UL, CliqueParameters.MaxPeriodSeconds);

    /// <summary>Adds the options to a command, which asks for exactly one kind of trust.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_authorities, _checkpoint, _hashes, _chainId, _epoch, _period])
            command.Add(option);

        command.Validators.Add(Check);
    }

    /// <summary>What is trusted.</summary>
    /// <exception cref="UserErrorException">An address or a hash is none, or an authority is named twice.</exception>
    public ReceiptTrust Read(ParseResult line)
    {
        var parameters = new CliqueParameters(line.GetValue(_period), line.GetValue(_epoch));
        if (line.GetValue(_hashes) is { Length: > 0 } hashes)
            return ReceiptTrust.InBlocks(hashes.Select(static text => HashText.Parse(text, "a block")));

        ulong chainId = line.GetValue(_chainId)!.Value;
        if (line.GetValue(_checkpoint) is { } checkpoint)
            return ReceiptTrust.InCheckpoint(chainId, HashText.Parse(checkpoint, "a block"), parameters);

        Address[] authorities = [.. line.GetValue(_authorities)!.Select(AddressText.Parse)];
        return authorities.Distinct().Count() == authorities.Length
            ? ReceiptTrust.InAuthorities(chainId, authorities, parameters)
            : throw new UserErrorException("An --authority is named twice.");
    }

    private void Check(CommandResult line)
    {
        bool byAuthorities = line.GetValue(_authorities) is { Length: > 0 };
        bool byCheckpoint = line.GetValue(_checkpoint) is not null;
        bool byHash = line.GetValue(_hashes) is { Length: > 0 };
        if ((byAuthorities ? 1 : 0) + (byCheckpoint ? 1 : 0) + (byHash ? 1 : 0) != 1)
            line.AddError("What is trusted must be said in one way: --authority, --checkpoint or --trusted-hash.");
        else if (byHash == line.GetValue(_chainId) is not null)
            line.AddError(byHash ? "--chain-id is for --authority and --checkpoint." : "--chain-id is wanted.");
    }
}

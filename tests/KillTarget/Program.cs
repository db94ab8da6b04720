using System.Text;
using DerChain.Chain.ChainFiles;
using DerChain.Chain.Engine;
using DerChain.Chain.Storage;
using DerChain.KillTarget;

// seal STORE: seals blocks until it is killed. import STORE FILE: imports a chain file.
// After each block is acknowledged it says so, in a line of number and hash that is in the pipe when the call returns.
using Stream output = Console.OpenStandardOutput();
using IKeyValueStore store = KillChain.OpenStore(args[1]);
KillChain chain = KillChain.Open(store);
if (args[0] == "seal")
{
    while (true)
    {
        chain.Extend();
        Acknowledge();
    }
}

using var file = new ChainFileReader(File.OpenRead(args[2]));
var progress = new ImportedBlocks(Acknowledge);
ChainImportResult result = ChainImport.Run(chain.Chain, file, ulong.MaxValue, threads: 2, progress, CancellationToken.None);
return result.Bad is null ? 0 : 1;

void Acknowledge()
{
    HeadCandidate head = chain.Chain.Head;
    output.Write(Encoding.ASCII.GetBytes($"{head.Header.Number} {head.Hash}\n"));
}

internal sealed class ImportedBlocks(Action acknowledge) : IProgress<ChainFileProgress>
{
    private long _blocks;

    public void Report(ChainFileProgress value)
    {
        if (value.Blocks > _blocks)
            acknowledge();

        _blocks = value.Blocks;
    }
}

using System.Text;
using DerChain.Chain.Blocks;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Chain.Tests.Fuzzing;

/// <summary>Readers of JSON files. JSON has many forms of one value, so what is written must be read as what is written again.</summary>
internal static class JsonTargets
{
    public static IEnumerable<FuzzTarget> All()
    {
        List<byte[]> genesis = [GenesisJson.Write(TestChain.GenesisOf(2, funded: TestChain.Key("sender"))), Encoding.UTF8.GetBytes(AllFields)];
        if (Vectors.Exists("geth_chain_5signers/genesis.json"))
            genesis.Add(Vectors.ReadBytes("geth_chain_5signers/genesis.json"));

        yield return new FuzzTarget<Genesis>(
            "genesis JSON", genesis, static input => GenesisJson.TryRead(input, out Genesis? read).IsValid ? read : null, GenesisJson.Write)
        {
            IsCanonical = false,
            AllocatedPerByte = 60,
        };
    }

    private const string AllFields = """
        {"config":{"chainId":5,"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,"byzantiumBlock":0,"constantinopleBlock":0,
        "petersburgBlock":0,"istanbulBlock":1,"berlinBlock":2,"londonBlock":"0x3","clique":{"period":15,"epoch":30000}},"nonce":"0x0","timestamp":"1234",
        "extraData":"0x00","gasLimit":"0x1c9c380","difficulty":1,"mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000",
        "coinbase":"0x0000000000000000000000000000000000000000","number":"0x0","gasUsed":"0x0",
        "parentHash":"0x0000000000000000000000000000000000000000000000000000000000000000","alloc":{
        "0x0102030405060708090a0b0c0d0e0f1011121314":{"balance":"0x10","nonce":"0x1","code":"0x6001","storage":{"0x01":"0x02"}}}}
        """;
}

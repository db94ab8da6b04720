using System.Text;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto.KeyStores;
using DerChain.Chain.Tests.Crypto.KeyStores;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Chain.Tests.Fuzzing;

/// <summary>Readers of JSON files. JSON has many forms of one value, so what is written must be read as what is written again.</summary>
internal static class JsonTargets
{
    private const string Pbkdf2 = """
        {"version":3,"id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"00112233445566778899aabbccddeeff"},
        "ciphertext":"0101010101010101010101010101010101010101010101010101010101010101","kdf":"pbkdf2","kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
        "salt":"0202020202020202020202020202020202020202020202020202020202020202"},
        "mac":"0303030303030303030303030303030303030303030303030303030303030303"}}
        """;

    private const string AllFields = """
        {"config":{"chainId":5,"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,"byzantiumBlock":0,"constantinopleBlock":0,
        "petersburgBlock":0,"istanbulBlock":1,"berlinBlock":2,"londonBlock":"0x3","clique":{"period":15,"epoch":30000}},"nonce":"0x0","timestamp":"1234",
        "extraData":"0x00","gasLimit":"0x1c9c380","difficulty":1,"mixHash":"0x0000000000000000000000000000000000000000000000000000000000000000",
        "coinbase":"0x0000000000000000000000000000000000000000","number":"0x0","gasUsed":"0x0",
        "parentHash":"0x0000000000000000000000000000000000000000000000000000000000000000","alloc":{
        "0x0102030405060708090a0b0c0d0e0f1011121314":{"balance":"0x10","nonce":"0x1","code":"0x6001","storage":{"0x01":"0x02"}}}}
        """;

    public static IEnumerable<FuzzTarget> All() => [GenesisFiles(), KeyFiles()];

    private static FuzzTarget<Genesis> GenesisFiles()
    {
        List<byte[]> genesis = [GenesisJson.Write(TestChain.GenesisOf(2, funded: TestChain.Key("sender"))), Encoding.UTF8.GetBytes(AllFields)];
        if (Vectors.Exists("geth_chain_5signers/genesis.json"))
            genesis.Add(Vectors.ReadBytes("geth_chain_5signers/genesis.json"));

        return new("genesis JSON", genesis, static input => GenesisJson.TryRead(input, out Genesis? read).IsValid ? read : null, GenesisJson.Write)
        {
            IsCanonical = false,
            AllocatedPerByte = 60,
        };
    }

    private static FuzzTarget<EncryptedKey> KeyFiles() => new(
        "key file",
        [.. new[] { KeyFileSample.Json, Pbkdf2 }.Select(Encoding.UTF8.GetBytes)],
        static input => EncryptedKey.TryRead(input, out EncryptedKey? read).IsValid ? read : null,
        static read => read.ToJson())
    {
        IsCanonical = false,
        AllocatedPerByte = 60,
    };
}

using System.Collections.Immutable;
using System.Text;
using CsCheck;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Blocks;

/// <summary>A genesis file is read as Geth reads it, or refused by the name of the field.</summary>
public sealed class GenesisJsonTests
{
    private const string Contract = "0x0000000000000000000000000000000000001000";

    [Fact]
    public void Absent_fields_have_Geths_defaults()
    {
        Genesis genesis = Read("""{"config":{"chainId":7,"clique":{}}}""");
        Assert.Equal((131_072UL, 4_712_388UL, 0UL), ((ulong)genesis.Difficulty, genesis.GasLimit, genesis.Timestamp));
        Assert.Empty(genesis.Accounts);
        Assert.True(genesis.ExtraData.IsEmpty);
        Assert.Equal(ForkSchedule.Frontier(7) with { CliqueEpochLength = 30_000 }, genesis.Spec);
        Assert.Equal(4_712_388UL, Read(With("gasLimit", "0")).GasLimit);
        Assert.Equal(30_000UL, Read("""{"config":{"chainId":7,"clique":{"epoch":0,"period":3}}}""").Spec.CliqueEpochLength);
        Assert.Null(GenesisBlock.HeaderOf(genesis, Hash256.Zero).BaseFeePerGas);
    }

    [Fact]
    public void The_base_fee_is_1_gwei_at_London_or_the_given_one_as_in_Geth_also_before()
    {
        const string London = """
            {"config":{"chainId":7,"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,"byzantiumBlock":0,"constantinopleBlock":0,
            "istanbulBlock":0,"berlinBlock":0,"londonBlock":0,"clique":{}}FEE}
            """;
        static UInt256? BaseFee(string json) => GenesisBlock.HeaderOf(Read(json), Hash256.Zero).BaseFeePerGas;
        Assert.Equal((UInt256)1_000_000_000, BaseFee(London.Replace("FEE", "", StringComparison.Ordinal)));
        Assert.Equal((UInt256)8, BaseFee(London.Replace("FEE", ""","baseFeePerGas":"0x8" """, StringComparison.Ordinal)));
        Assert.Equal((UInt256)8, BaseFee(With("baseFeePerGas", "8")));
    }

    [Fact]
    public void Names_match_in_any_case_and_the_last_value_counts()
    {
        Genesis genesis = Read("""
            {"CONFIG":{"ChainID":7,"CLIQUE":{"Period":5}},"mixhash":"0x1111111111111111111111111111111111111111111111111111111111111111",
             "mixHash":"0x2222222222222222222222222222222222222222222222222222222222222222","GASLIMIT":9000,"gaslimit":null,"extradata":"0xab"}
            """);
        Assert.Equal("0x2222222222222222222222222222222222222222222222222222222222222222", genesis.MixHash.ToString());
        Assert.Equal((7UL, 5UL, 9_000UL), (genesis.Spec.ChainId, genesis.Spec.CliquePeriodSeconds, genesis.GasLimit));
        Assert.Equal([0xab], genesis.ExtraData.ToArray());
    }

    [Theory]
    [InlineData("66")]
    [InlineData("\"66\"")]
    [InlineData("\"0x42\"")]
    [InlineData("\"0X0000000000000042\"")]
    [InlineData("\"00066\"")]
    public void A_number_is_one_or_a_decimal_or_a_hexadecimal_string(string text)
    {
        Genesis genesis = Read(With("nonce", text));
        Assert.Equal(66UL, genesis.Nonce);
        Assert.Equal(66UL, genesis.Timestamp + Read(With("timestamp", text)).Timestamp);
        Assert.Equal((UInt256)66, Read(With("difficulty", text)).Difficulty);
        Assert.Equal(66UL, Read("""{"config":{"chainId":VALUE,"clique":{}}}""".Replace("VALUE", text, StringComparison.Ordinal)).Spec.ChainId);
        Assert.Equal((UInt256)66, Read(With("alloc", Account($"\"balance\":{text}"))).Accounts.Values.Single().Balance);
    }

    [Fact]
    public void Empty_text_is_zero_as_in_Geth() => Assert.Equal(0UL, Read(With("nonce", "\"\"")).Nonce);

    // Root by @ethereumjs/trie 6 with @ethereumjs/rlp 5.
    [Fact]
    public void Code_storage_nonces_and_empty_accounts_are_in_the_state_root()
    {
        Genesis genesis = Read(With("alloc", """
            {"0000000000000000000000000000000000001000":{"balance":"1000","nonce":"0x1","code":"0x600160005260206000f3","secretKey":"0x01","storage":{
               "0x01":"0x2a","ff":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","0x02":"0x00",
               "0x1111111111111111111111111111111111111111111111111111111111111111":"0x0000000000000000000000000000000000000000000000000000000000000080"}},
             "0x0000000000000000000000000000000000002000":{"balance":"0x0"},
             "0X0000000000000000000000000000000000003000":{"balance":"0x0fffffffffffffffffff","nonce":"0x0000000000000042"}}
            """));
        Assert.Equal("0x1233cbc612353f001c125c187317b88881efc6aa033d07096186c838392363df", GenesisBlock.Create(genesis).Block.Header.StateRoot.ToString());
        Assert.Equal(3, genesis.Accounts[Address.Parse(Contract)].Storage.Count);
    }

    [Theory]
    [InlineData("[]", "The file")]
    [InlineData("{}", "config")]
    [InlineData("null", "The file")]
    [InlineData("""{"config":null}""", "config")]
    [InlineData("""{"config":[]}""", "config")]
    [InlineData("""{"config":{"clique":{}}}""", "config.chainId")]
    [InlineData("""{"config":{"chainId":1,"clique":3}}""", "config.clique")]
    [InlineData("""{"config":{"chainId":0,"clique":{}}}""", "chain id")]
    [InlineData("""{"config":{"chainId":9223372036854775790,"clique":{}}}""", "chain id")]
    [InlineData("""{"config":{"chainId":1,"clique":{}},"config":{"chainId":1,"clique":{}}}""", "config")]
    [InlineData("""{"config":{"chainId":1,"clique":{},"clique":{}}}""", "config.clique")]
    [InlineData("""{"config":{"chainId":1,"clique":{},"homesteadBlock":"x"}}""", "config.homesteadBlock")]
    [InlineData("""{"config":{"chainId":1,"clique":{},"homesteadBlock":-1}}""", "config.homesteadBlock")]
    [InlineData("""{"config":{"chainId":1,"clique":{"epoch":1.5}}}""", "config.clique.epoch")]
    [InlineData("""{"config":{"chainId":1,"clique":{},"allowUnprotectedTransactions":1}}""", "config.allowUnprotectedTransactions")]
    public void A_wrong_file_or_config_is_refused_by_name(string json, string field) => AssertRefused(ChainError.InvalidGenesis, json, field);

    [Theory]
    [InlineData("nonce", "\"0x\"")]
    [InlineData("nonce", "\"0x10000000000000000\"")]
    [InlineData("nonce", "1e3")]
    [InlineData("nonce", "[1]")]
    [InlineData("nonce", "true")]
    [InlineData("timestamp", "\" 1\"")]
    [InlineData("timestamp", "\"1_000\"")]
    [InlineData("difficulty", "\"0x10000000000000000000000000000000000000000000000000000000000000000\"")]
    [InlineData("difficulty", "\"0x8000000000000000000000000000000000000000000000000000000000000000\"")]
    [InlineData("number", "1")]
    [InlineData("mixHash", "\"0x00\"")]
    [InlineData("mixHash", "0")]
    [InlineData("coinbase", "\"0x00\"")]
    [InlineData("parentHash", "\"zz\"")]
    [InlineData("extraData", "\"0x0\"")]
    [InlineData("extraData", "{}")]
    [InlineData("alloc", "[]")]
    [InlineData("alloc", "{\"0x00\":{\"balance\":\"1\"}}")]
    [InlineData("alloc", "{\"" + Contract + "\":null}")]
    [InlineData("alloc", "{\"" + Contract + "\":{}}")]
    [InlineData("alloc", "{\"" + Contract + "\":{\"balance\":\"-1\"}}")]
    [InlineData("alloc", "{\"" + Contract + "\":{\"balance\":\"1\",\"code\":\"0xg0\"}}")]
    [InlineData("alloc", "{\"" + Contract + "\":{\"balance\":\"1\",\"storage\":{\"0x1\":\"0x01\"}}}")]
    [InlineData("alloc", "{\"" + Contract + "\":{\"balance\":\"1\",\"storage\":{\"0x01\":\"0x01\",\"0x0001\":\"0x01\"}}}")]
    [InlineData("alloc", "{\"0xAB00000000000000000000000000000000001000\":{\"balance\":\"1\"},\"ab00000000000000000000000000000000001000\":{\"balance\":\"1\"}}")]
    public void A_wrong_value_is_refused_by_name(string field, string value) => AssertRefused(ChainError.InvalidGenesis, With(field, value), field);

    [Theory]
    [InlineData("terminalTotalDifficulty", "0")]
    [InlineData("terminalTotalDifficultyPassed", "true")]
    [InlineData("mergeNetsplitBlock", "0")]
    [InlineData("shanghaiTime", "0")]
    [InlineData("cancunTime", "\"0x0\"")]
    [InlineData("PRAGUETIME", "99999999999")]
    [InlineData("ewasmBlock", "0")]
    public void A_later_fork_is_refused_by_name(string property, string value)
    {
        string json = Config($"\"{property}\":{value}");
        AssertRefused(ChainError.UnsupportedFork, json, "config." + property);
        Assert.Equal(1UL, Read(Config($"\"{property}\":null")).Spec.ChainId);
    }

    [Fact]
    public void The_DAO_fork_is_refused_only_where_it_would_be_made()
    {
        AssertRefused(
            ChainError.UnsupportedFork,
            """{"config":{"chainId":1,"clique":{},"homesteadBlock":0,"daoForkBlock":1,"daoForkSupport":true}}""",
            "config.daoForkSupport");
        Assert.Equal(1UL, Read("""{"config":{"chainId":1,"clique":{},"homesteadBlock":0,"daoForkBlock":1,"daoForkSupport":false}}""").Spec.DaoForkBlock);
        Assert.Null(Read("""{"config":{"chainId":1,"clique":{},"daoForkSupport":true,"terminalTotalDifficultyPassed":false}}""").Spec.DaoForkBlock);
    }

    [Fact]
    public void Another_engine_is_refused() => AssertRefused(ChainError.UnsupportedEngine, """{"config":{"chainId":1,"ethash":{}}}""", "config.clique");

    [Fact]
    public void Gas_from_which_no_chain_goes_on_is_refused()
    {
        AssertRefused(ChainError.GasLimitOutOfBounds, With("gasLimit", "4999"), "gas limit");
        AssertRefused(ChainError.GasUsedAboveLimit, With("gasUsed", "4712389"), "Gas used");
    }

    [Fact]
    public void What_is_written_is_read_again_with_every_field() => Genesises.Sample(genesis =>
    {
        byte[] written = GenesisJson.Write(genesis);
        ValidationResult result = GenesisJson.TryRead(written, out Genesis? read);
        Assert.True(result.IsValid, result.ToString());
        Assert.Equal(written, GenesisJson.Write(read!));
        Assert.Equal(genesis.Spec with { PetersburgBlock = genesis.Spec.PetersburgBlock }, read!.Spec);
        Assert.Equal(GenesisBlock.Create(genesis).Block.Hash, GenesisBlock.Create(read).Block.Hash);
        Assert.Equal(genesis.Accounts.Keys, read.Accounts.Keys);
    });

    [Fact]
    public void Damaged_text_is_never_an_exception()
    {
        byte[] valid = GenesisJson.Write(Read(With("alloc", Account("""
            "balance":"1","code":"0x00","storage":{"01":"01"}
            """))));
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Int[0, 3], Gen.OneOf(Gen.Byte, Gen.Char["\\\"u{}[]:,0dDex"].Select(letter => (byte)letter))).Array[1, 4].Sample(
            changes =>
            {
                List<byte> text = [.. valid];
                foreach ((int place, int kind, byte value) in changes)
                {
                    int at = Math.Min(place, text.Count - 1);
                    if (kind == 0)
                        text.RemoveAt(at);
                    else if (kind == 1)
                        text.Insert(at, value);
                    else
                        text[at] = value;
                }

                AssertStable([.. text]);
            },
            iter: 3_000);
    }

    [Fact]
    public void Hostile_text_is_refused() => EachCase.Holds(
        new (string Name, byte[] Text)[]
        {
            ("empty", []),
            ("byte order mark", [0xef, 0xbb, 0xbf, .. "{}"u8]),
            ("deep nesting", [.. "{\"x\":"u8, .. Enumerable.Repeat((byte)'[', 1_000_000)]),
            ("a name that is not UTF-8", [.. "{\""u8, 0xff, .. "\":1}"u8]),
            ("a value that is not UTF-8", [.. "{\"extraData\":\""u8, 0xc3, 0x28, .. "\"}"u8]),
            ("a lone surrogate", [.. "{\"extraData\":\"\\ud800\"}"u8]),
            ("a lone surrogate as a name", [.. "{\"\\udc00\":1}"u8]),
            ("text after the end", [.. Encoding.UTF8.GetBytes(With("nonce", "1")), .. " {}"u8]),
            ("a number of a million digits", Encoding.UTF8.GetBytes(With("difficulty", new string('9', 1_000_000)))),
            ("a string of a million digits", Encoding.UTF8.GetBytes(With("difficulty", $"\"{new string('9', 1_000_000)}\""))),
        },
        test => test.Name,
        test => Assert.Equal(ChainError.InvalidGenesis, GenesisJson.TryRead(test.Text, out _).Error));

    private static Gen<Genesis> Genesises
    {
        get
        {
            Gen<Hash256> hashes = Gen.Byte.Array[32].Select(bytes => Hash256.FromBytes(bytes));
            Gen<Address> addresses = Gen.Byte.Array[20].Select(bytes => Address.FromBytes(bytes));
            Gen<UInt256> numbers = Gen.Byte.Array[0, 31].Select(bytes => UInt256.FromBigEndian(bytes));
            Gen<GenesisAccount> accounts = Gen.Select(
                numbers, Gen.ULong, Gen.Byte.Array[0, 5], Gen.Select(hashes, Gen.OneOf(hashes, Gen.Const(Hash256.Zero))).Array[0, 3],
                (balance, nonce, code, slots) => new GenesisAccount(balance, nonce)
                {
                    Code = code,
                    Storage = slots.ToImmutableSortedDictionary(slot => slot.Item1, slot => slot.Item2),
                });
            Gen<Genesis> headers = Gen.Select(Specs, Gen.ULong, Gen.Byte.Array[0, 120], Gen.ULong[5_000, long.MaxValue], numbers, Gen.OneOf(numbers.Select(fee => (UInt256?)fee), Gen.Const((UInt256?)null)))
                .Select((spec, time, extraData, gasLimit, difficulty, baseFee) => new Genesis
                {
                    Spec = spec,
                    Timestamp = time,
                    ExtraData = extraData,
                    GasLimit = gasLimit,
                    Difficulty = difficulty,
                    BaseFeePerGas = baseFee,
                });
            return Gen.Select(headers, hashes, addresses, Gen.ULong, Gen.ULong[0, 5_000], Gen.Select(addresses, accounts).Array[0, 5])
                .Select((genesis, hash, beneficiary, nonce, gasUsed, list) => genesis with
                {
                    MixHash = hash,
                    ParentHash = nonce % 2 == 0 ? Hash256.Zero : hash,
                    Beneficiary = beneficiary,
                    Nonce = nonce,
                    GasUsed = gasUsed,
                    Accounts = list.ToImmutableSortedDictionary(entry => entry.Item1, entry => entry.Item2),
                });
        }
    }

    // Ascending blocks for the first so many forks.
    private static Gen<ChainSpec> Specs =>
        Gen.Select(Gen.ULong[1, 1_000_000], Gen.Int[0, ForkSchedule.Forks.Length], Gen.ULong[0, 3], Gen.ULong[1, 100_000], Gen.Bool).Select(
            (chainId, active, step, epoch, allows) => Enumerable.Range(0, active).Aggregate(
                ForkSchedule.Frontier(chainId) with { CliquePeriodSeconds = step, CliqueEpochLength = epoch, AllowUnprotectedTransactions = allows },
                (spec, index) => ForkSchedule.Forks[index].Set(spec, (ulong)index * step)));

    private static string With(string field, string value) => $"{{{Config("")[1..^1]},\"{field}\":{value}}}";

    private static string Config(string property) => $"{{\"config\":{{\"chainId\":1,\"clique\":{{}}{(property.Length == 0 ? "" : ",")}{property}}}}}";

    private static string Account(string properties) => $"{{\"{Contract}\":{{{properties}}}}}";

    private static Genesis Read(string json)
    {
        ValidationResult result = GenesisJson.TryRead(Encoding.UTF8.GetBytes(json), out Genesis? genesis);
        Assert.True(result.IsValid, result.ToString());
        return genesis!;
    }

    private static void AssertRefused(ChainError error, string json, string names)
    {
        ValidationResult result = GenesisJson.TryRead(Encoding.UTF8.GetBytes(json), out Genesis? genesis);
        Assert.Null(genesis);
        Assert.Equal(error, result.Error);
        Assert.Contains(names, result.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static void AssertStable(byte[] json)
    {
        if (!GenesisJson.TryRead(json, out Genesis? genesis).IsValid)
            return;

        byte[] written = GenesisJson.Write(genesis!);
        Assert.True(GenesisJson.TryRead(written, out Genesis? again).IsValid);
        Assert.Equal(written, GenesisJson.Write(again!));
    }
}

using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>Headers that somebody altered at will: each gets a verdict, none an exception.</summary>
public sealed class HostileHeaderTests
{
    private const int Mutations = 20_000;
    private static readonly ImmutableArray<PrivateKey> Keys = TestChain.Authorities(3);
    private static readonly ulong[] Extremes = [0, 1, 2, 3, 20, 65, 97, 5_000, long.MaxValue, ulong.MaxValue - 1, ulong.MaxValue];

    [Theory]
    [InlineData(0UL)]
    [InlineData(15UL)]
    [InlineData(CliqueParameters.MaxPeriodSeconds)]
    public void No_alteration_of_a_valid_header_makes_a_rule_throw(ulong period)
    {
        var chain = new ShortChain(new ChainSpec { ChainId = 1, CliquePeriodSeconds = period, CliqueEpochLength = 4 });
        var random = new FuzzRandom(period);
        var verdicts = new HashSet<string>();
        for (int count = 0; count < Mutations; count++)
        {
            int at = 1 + random.Below(chain.Headers.Count - 1);
            BlockHeader parent = chain.Headers[at - 1];
            BlockHeader altered = chain.Headers[at];
            do
                altered = Alter(altered, random);
            while (random.OneIn(3));

            if (random.OneIn(2) && altered.ExtraData.Length >= CliqueExtraData.SealLength)
                altered = CliqueExtraData.Seal(altered, random.Pick(Keys));

            ulong now = random.OneIn(4) ? random.Pick(Extremes) : ulong.MaxValue;
            verdicts.Add(chain.Engine.VerifyHeader(altered, parent, now, chain.Find).Error?.ToString() ?? "valid");
            chain.Engine.VerifyGenesis(altered);
        }

        Assert.True(verdicts.Count > 15, string.Join(' ', verdicts));
    }

    [Fact]
    public void Bytes_that_decode_to_a_header_get_a_verdict()
    {
        var chain = new ShortChain(new ChainSpec { ChainId = 1, CliqueEpochLength = 4 });
        var random = new FuzzRandom(225);
        int decoded = 0;
        for (int count = 0; count < Mutations; count++)
        {
            int at = 1 + random.Below(chain.Headers.Count - 1);
            byte[] input = RlpMutation.Apply(chain.Headers[at].Encode(), random.Pick(chain.Headers).Encode(), random);
            if (!BlockHeader.TryDecode(input, out BlockHeader? header).IsValid)
                continue;

            decoded++;
            chain.Engine.VerifyHeader(header!, chain.Headers[at - 1], ulong.MaxValue, chain.Find);
        }

        Assert.True(decoded > 1_000, $"{decoded}");
    }

    // A genesis may have any time; nothing after it may be older.
    [Fact]
    public void A_parent_at_the_end_of_time_gives_a_verdict()
    {
        var spec = new ChainSpec { ChainId = 1, CliquePeriodSeconds = 15 };
        BlockHeader genesis = new ShortChain(spec).Headers[0] with { Timestamp = ulong.MaxValue };
        BlockHeader next = new ShortChain(spec).Headers[1] with { ParentHash = genesis.ComputeHash(), Timestamp = ulong.MaxValue };
        Assert.Equal(
            CliqueError.InvalidTimestamp,
            new CliqueEngine(spec).VerifyHeader(CliqueExtraData.Seal(next, Keys[1]), genesis, ulong.MaxValue, _ => genesis).Error);
    }

    [Theory]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 0UL)]
    [InlineData(0UL, ulong.MaxValue)]
    public void Questions_about_numbers_that_no_chain_has_are_answered(ulong snapshotNumber, ulong number)
    {
        ImmutableArray<Address> signers = [.. Keys.Select(key => key.Address)];
        var snapshot = new CliqueSnapshot(snapshotNumber, signers, [], [], ImmutableSortedDictionary<Address, Tally>.Empty);
        Assert.Null(snapshot.SignedRecently(number, signers[0]));
        Assert.Equal(number % 3 == 0, snapshot.IsInTurn(number, signers[0]));
        Assert.Equal(number % 3, ForkChoice.SinceTurn(snapshot, number, signers[0]));
    }

    private static BlockHeader Alter(BlockHeader header, FuzzRandom random)
    {
        ulong value = random.OneIn(2) ? random.Pick(Extremes) : random.Next();
        return random.Below(14) switch
        {
            0 => header with { Number = value },
            1 => header with { Timestamp = value },
            2 => header with { Timestamp = unchecked(header.Timestamp + (ulong)random.Below(3) - 1) },
            3 => header with { GasLimit = value },
            4 => header with { GasUsed = value },
            5 => header with { Nonce = value },
            6 => header with { Difficulty = random.OneIn(2) ? value : UInt256.FromBigEndian(random.Bytes(32)) },
            7 => header with { BaseFeePerGas = random.OneIn(2) ? null : UInt256.FromBigEndian(random.Bytes(32)) },
            8 => header with { Beneficiary = random.OneIn(2) ? Keys[0].Address : Address.FromBytes(random.Bytes(20)) },
            9 => header with { MixHash = Hash256.FromBytes(random.Bytes(32)) },
            10 => header with { OmmersHash = Hash256.FromBytes(random.Bytes(32)) },
            11 => header with { ParentHash = Hash256.FromBytes(random.Bytes(32)) },
            12 => header with { ExtraData = random.Bytes(random.Below(200)) },
            _ => header with { ExtraData = ByteMutation.Apply(header.ExtraData.ToArray(), [], random) },
        };
    }

    // Nine valid blocks with two checkpoints.
    private sealed class ShortChain
    {
        private readonly Dictionary<Hash256, BlockHeader> _headers = [];

        public ShortChain(ChainSpec spec)
        {
            Engine = new CliqueEngine(spec);
            ImmutableArray<Address> signers = [.. Keys.Select(key => key.Address)];
            Add(new BlockHeader
            {
                ParentHash = Hash256.Zero,
                StateRoot = Hash256.Zero,
                TransactionsRoot = Hash256.Zero,
                ReceiptsRoot = Hash256.Zero,
                Difficulty = 1,
                Number = 0,
                GasLimit = 8_000_000,
                GasUsed = 0,
                Timestamp = 1_000,
                ExtraData = CliqueExtraData.ForGenesis(signers),
                BaseFeePerGas = Genesis.DefaultBaseFeePerGas,
            });
            for (ulong number = 1; number < 10; number++)
            {
                BlockHeader parent = Headers[^1];
                BlockHeader header = CliqueExtraData.Seal(
                    parent with
                    {
                        ParentHash = parent.ComputeHash(),
                        Number = number,
                        Difficulty = 2,
                        Timestamp = parent.Timestamp + spec.CliquePeriodSeconds,
                        ExtraData = CliqueExtraData.Unsealed([], Engine.Parameters.IsCheckpoint(number) ? signers : []),
                        BaseFeePerGas = HeaderRules.NextBaseFee(parent, spec),
                    },
                    Keys[(int)(number % 3)]);
                Assert.True(Engine.VerifyHeader(header, parent, ulong.MaxValue, Find).IsValid);
                Add(header);
            }
        }

        public CliqueEngine Engine { get; }

        public List<BlockHeader> Headers { get; } = [];

        public BlockHeader? Find(Hash256 hash) => _headers.GetValueOrDefault(hash);

        private void Add(BlockHeader header)
        {
            Headers.Add(header);
            _headers[header.ComputeHash()] = header;
        }
    }
}

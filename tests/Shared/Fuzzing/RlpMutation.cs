namespace DerChain.Tests.Shared.Fuzzing;

/// <summary>Changes of one item of RLP. The lengths of the lists around it are made right again, so that the change is met where the item is read.</summary>
internal static class RlpMutation
{
    private const int MaxDepth = 6;

    public static byte[] Apply(byte[] input, byte[] other, FuzzRandom random)
    {
        var around = new List<Item>(MaxDepth);
        if (Choose(input, random, around) is not { } item)
            return input;

        byte[] replacement = Replacement(input, item, other, random);
        byte[] result = ByteMutation.Replace(input, item.Start, item.End - item.Start, replacement);
        int grown = replacement.Length - (item.End - item.Start);
        foreach (Item outer in Enumerable.Reverse(around))
        {
            byte[] prefix = Prefix(outer.IsList, outer.End - outer.Content + grown);
            result = ByteMutation.Replace(result, outer.Start, outer.Content - outer.Start, prefix);
            grown += prefix.Length - (outer.Content - outer.Start);
        }

        return result;
    }

    private static byte[] Replacement(byte[] input, Item item, byte[] other, FuzzRandom random)
    {
        ReadOnlySpan<byte> whole = input.AsSpan(item.Start, item.End - item.Start);
        ReadOnlySpan<byte> content = input.AsSpan(item.Content, item.End - item.Content);
        switch (random.Below(11))
        {
            case 0:
                return [];
            case 1:
                return [.. whole, .. whole];
            case 2:
                return [0x80];
            case 3:
                return [0xc0];
            case 4:
                byte[] extreme = ByteMutation.Extreme(random);
                return [.. Prefix(isList: false, extreme.Length), .. extreme];
            case 5:
                return [.. Prefix(item.IsList, content.Length + 1), 0, .. content];
            case 6:
                return [(byte)(item.IsList ? 0xf8 : 0xb8), (byte)(content.Length & 0xff), .. content];
            case 7:
                return [.. Prefix(isList: true, whole.Length), .. whole];
            case 8:
                return [.. Prefix(!item.IsList, content.Length), .. content];
            case 9:
                return [(byte)(item.IsList ? 0xfb : 0xbb), 0x7f, 0xff, 0xff, (byte)random.Below(256), .. content];
            default:
                return Choose(other, random, []) is { } foreign ? other[foreign.Start..foreign.End] : [];
        }
    }

    // An item at any depth. A string that holds a list, as a typed transaction or a node of a proof does, is gone into as well.
    private static Item? Choose(byte[] input, FuzzRandom random, List<Item> around)
    {
        (int from, int to) = (0, input.Length);
        while (ChooseIn(input, from, to, random) is { } item)
        {
            int inside = item.IsList ? item.Content : StartOfListIn(input, item);
            if (inside < 0 || inside >= item.End || around.Count == MaxDepth || random.OneIn(4))
                return item;

            around.Add(item);
            (from, to) = (inside, item.End);
        }

        return null;
    }

    private static Item? ChooseIn(byte[] input, int from, int to, FuzzRandom random)
    {
        Item? chosen = null;
        int count = 0;
        for (int at = from; at < to && Read(input, at, to) is { } item; at = item.End)
        {
            count++;
            if (random.OneIn(count))
                chosen = item;
        }

        return chosen;
    }

    private static int StartOfListIn(byte[] input, Item item)
    {
        for (int at = item.Content; at < Math.Min(item.Content + 2, item.End); at++)
        {
            if (input[at] >= 0xc0 && Read(input, at, item.End)?.End == item.End)
                return at;
        }

        return -1;
    }

    private static Item? Read(byte[] input, int at, int to)
    {
        byte prefix = input[at];
        if (prefix < 0x80)
            return new Item(at, at, at + 1, IsList: false);

        bool isList = prefix >= 0xc0;
        int form = prefix - (isList ? 0xc0 : 0x80);
        int lengthOfLength = Math.Max(0, form - 55);
        if (lengthOfLength > 3 || at + 1 + lengthOfLength > to)
            return null;

        int length = lengthOfLength == 0 ? form : 0;
        foreach (byte digit in input.AsSpan(at + 1, lengthOfLength))
            length = (length << 8) | digit;

        int content = at + 1 + lengthOfLength;
        return length <= to - content ? new Item(at, content, content + length, isList) : null;
    }

    private static byte[] Prefix(bool isList, int length)
    {
        int offset = isList ? 0xc0 : 0x80;
        return length switch
        {
            <= 55 => [(byte)(offset + length)],
            <= 0xff => [(byte)(offset + 56), (byte)length],
            <= 0xffff => [(byte)(offset + 57), (byte)(length >> 8), (byte)(length & 0xff)],
            _ => [(byte)(offset + 58), (byte)(length >> 16), (byte)((length >> 8) & 0xff), (byte)(length & 0xff)],
        };
    }

    private readonly record struct Item(int Start, int Content, int End, bool IsList);
}

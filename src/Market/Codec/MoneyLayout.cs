using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>Order of the fields of statements, allocations and acknowledgements (docs/spec/record-codec.md).</summary>
internal static class MoneyLayout
{
    private const int StatementFields = 9;
    private const int TotalFields = 2;
    private const int AllocationFields = 10;
    private const int AcknowledgementFields = 2;

    public static void Write(CanonicalWriter writer, StatementIssue statement)
    {
        writer.WriteArrayHeader(StatementFields);
        writer.WriteName(statement.Subject.Aggregation.Value);
        writer.Write(statement.Subject.Period);
        writer.Write(statement.Subject.Version);
        writer.WriteOptional(statement.Subject.Supersedes);
        writer.Write(statement.Root);
        writer.Write(statement.LineCount);
        writer.Write(statement.PayableCents);
        RowLayout.Write(writer, statement.Rows, WriteTotal);
    }

    public static StatementIssue ReadStatementIssue(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(StatementFields);
        var subject = new StatementSubject(
            reader.ReadAggregationId(), reader.ReadInterval(), Version: reader.ReadInt32(), Supersedes: reader.ReadOptionalHash());
        return new StatementIssue(
            subject, reader.ReadHash(), lineCount: reader.ReadInt32(), payableCents: reader.ReadInt64(), RowLayout.Read(ref reader, ReadTotal));
    }

    public static void Write(CanonicalWriter writer, Allocation allocation)
    {
        AllocationAmounts amounts = allocation.Amounts;
        writer.WriteArrayHeader(AllocationFields);
        writer.WriteName(allocation.Aggregation.Value);
        writer.Write(allocation.Period);
        writer.Write(allocation.Statement);
        writer.Write(allocation.Prosumer);
        writer.Write(amounts.VerifiedReserveWattSeconds);
        writer.Write(amounts.SpinMicroUsd);
        writer.Write(amounts.EventChargeMicroUsd);
        writer.Write(amounts.EnergyMicroUsd);
        writer.Write(amounts.PayableCents);
    }

    public static Allocation ReadAllocation(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(AllocationFields);
        return new Allocation(
            reader.ReadAggregationId(),
            reader.ReadInterval(),
            statement: reader.ReadHash(),
            prosumer: reader.ReadAddress(),
            new AllocationAmounts(
                VerifiedReserveWattSeconds: reader.ReadInt64(),
                SpinMicroUsd: reader.ReadInt64(),
                EventChargeMicroUsd: reader.ReadInt64(),
                EnergyMicroUsd: reader.ReadInt64(),
                PayableCents: reader.ReadInt64()));
    }

    public static void Write(CanonicalWriter writer, PaymentAcknowledgement acknowledgement)
    {
        writer.WriteArrayHeader(AcknowledgementFields);
        writer.Write(acknowledgement.Record);
        writer.Write(acknowledgement.AmountCents);
    }

    public static PaymentAcknowledgement ReadPaymentAcknowledgement(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(AcknowledgementFields);
        return new PaymentAcknowledgement(reader.ReadHash(), amountCents: reader.ReadInt64());
    }

    private static void WriteTotal(CanonicalWriter writer, StatementTotal total)
    {
        writer.WriteArrayHeader(TotalFields);
        writer.Write((byte)total.Line);
        writer.Write(total.AmountMicroUsd);
    }

    private static StatementTotal ReadTotal(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(TotalFields);
        return new StatementTotal((SettlementLine)reader.ReadByte(), reader.ReadInt64());
    }
}

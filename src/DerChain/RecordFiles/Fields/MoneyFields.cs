using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The fields of the records of money.</summary>
internal static class MoneyFields
{
    public static StatementIssue StatementIssue(RecordFields fields, StatementIssue? statement) => new(
        Subject(fields, statement?.Subject),
        fields.Hash("root", statement?.Root),
        fields.Int32("lineCount", statement?.LineCount),
        fields.Int64("payableCents", statement?.PayableCents),
        fields.Rows("rows", statement?.Rows, Total));

    public static Allocation Allocation(RecordFields fields, Allocation? allocation) => new(
        fields.Aggregation(allocation?.Aggregation),
        fields.Period(allocation?.Period),
        fields.Hash("statement", allocation?.Statement),
        fields.Account("prosumer", allocation?.Prosumer),
        Amounts(fields, allocation?.Amounts));

    public static PaymentAcknowledgement PaymentAcknowledgement(RecordFields fields, PaymentAcknowledgement? acknowledgement) =>
        new(fields.Hash("record", acknowledgement?.Record), fields.Int64("amountCents", acknowledgement?.AmountCents));

    private static StatementSubject Subject(RecordFields fields, StatementSubject? subject) => new(
        fields.Aggregation(subject?.Aggregation),
        fields.Period(subject?.Period),
        fields.Int32("version", subject?.Version),
        fields.Optional("supersedes", subject?.Supersedes, FieldForms.Hash));

    private static StatementTotal Total(RecordFields fields, StatementTotal? row) => new(
        fields.Required("line", row?.Line, FieldForms.SettlementLine), fields.Int64("amountMicroUsd", row?.AmountMicroUsd));

    private static AllocationAmounts Amounts(RecordFields fields, AllocationAmounts? amounts) => new(
        fields.Int64("verifiedReserveWattSeconds", amounts?.VerifiedReserveWattSeconds),
        fields.Int64("spinMicroUsd", amounts?.SpinMicroUsd),
        fields.Int64("eventChargeMicroUsd", amounts?.EventChargeMicroUsd),
        fields.Int64("energyMicroUsd", amounts?.EnergyMicroUsd),
        fields.Int64("payableCents", amounts?.PayableCents));
}

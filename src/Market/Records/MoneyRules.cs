using static DerChain.Market.Records.FieldRules;

namespace DerChain.Market.Records;

/// <summary>Rules of statements, allocations and acknowledgements (docs/spec/market.md, 2.6).</summary>
internal static class MoneyRules
{
    public static RecordError? Check(StatementIssue statement) =>
        Name(NoRow, "Aggregation", statement.Subject.Aggregation.Value)
        ?? Interval(NoRow, "Period", statement.Subject.Period)
        ?? Range(NoRow, "Version", statement.Subject.Version, 1, int.MaxValue)
        ?? (statement.Subject.Supersedes.HasValue == (statement.Subject.Version > 1)
            ? null
            : Error(RecordErrorCode.ValueNotAllowed, NoRow,
                $"Supersedes is {(statement.Subject.Supersedes.HasValue ? "set" : "absent")} in version {statement.Subject.Version}"))
        ?? Range(NoRow, "LineCount", statement.LineCount, 1, int.MaxValue)
        ?? Rows(
            statement.Rows,
            static (row, total) => Known(row, "Line", total.Line is >= SettlementLine.DayAheadEnergy and <= SettlementLine.RetroactiveCharge, (int)total.Line),
            static (left, right) => ((byte)left.Line).CompareTo((byte)right.Line));

    public static RecordError? Check(Allocation allocation) =>
        Name(NoRow, "Aggregation", allocation.Aggregation.Value)
        ?? Interval(NoRow, "Period", allocation.Period)
        ?? Range(NoRow, "VerifiedReserveWattSeconds", allocation.Amounts.VerifiedReserveWattSeconds, 0, long.MaxValue)
        ?? Range(NoRow, "EventChargeMicroUsd", allocation.Amounts.EventChargeMicroUsd, long.MinValue, 0);

    /// <summary>Every amount is possible.</summary>
    public static RecordError? Check(PaymentAcknowledgement acknowledgement)
    {
        ArgumentNullException.ThrowIfNull(acknowledgement);
        return null;
    }
}

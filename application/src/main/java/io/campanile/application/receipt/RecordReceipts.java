package io.campanile.application.receipt;

import io.campanile.application.receipt.port.Receipts;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Records what somebody reports of messages after a provider took them: how they arrived, came
/// back, or were called spam. What follows for the message, its broadcast and its address follows
/// in the same transaction, once however often it is reported. Thread-safe.
public final class RecordReceipts {
    private final Receipts receipts;
    private final SuppressBounced suppressions;
    private final Transactions transactions;
    private final InstantSource clock;

    public RecordReceipts(
            Receipts receipts,
            SuppressBounced suppressions,
            Transactions transactions,
            InstantSource clock) {
        this.receipts = receipts;
        this.suppressions = suppressions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Records what can be.
    ///
    /// @param validateOnly checks everything, changes nothing
    /// @return what came of each, in their order; with `validateOnly`, what would
    public List<ReceiptResult> record(
            WorkspaceId workspace, List<Receipt> reported, boolean validateOnly) {
        if (reported.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions.inTransaction(() -> {
            ReportRound round = round(workspace, reported, now);
            List<ReceiptResult> results = reported.stream().map(round::take).toList();
            if (!validateOnly) {
                keep(round, now);
            }
            return results;
        });
    }

    private ReportRound round(WorkspaceId workspace, List<Receipt> reported, Instant now) {
        List<MessageId> messages =
                reported.stream().map(Receipt::message).distinct().sorted().toList();
        var locked = receipts.lock(workspace, messages);
        var before =
                receipts.recorded(
                        reported.stream()
                                .map(Receipt::key)
                                .filter(key -> locked.containsKey(key.message()))
                                .distinct()
                                .toList());
        return new ReportRound(workspace, locked, before, now);
    }

    private void keep(ReportRound round, Instant now) {
        if (round.kept().isEmpty()) {
            return;
        }
        receipts.add(round.kept(), round.moves(), now);
        suppressions.take(round.news(), now);
    }
}

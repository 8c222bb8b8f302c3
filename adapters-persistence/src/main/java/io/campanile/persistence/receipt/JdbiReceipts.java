package io.campanile.persistence.receipt;

import io.campanile.application.receipt.port.Move;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.application.receipt.port.Receipts;
import io.campanile.application.receipt.port.ReportedMessage;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Receipts on PostgreSQL.
public final class JdbiReceipts implements Receipts {
    private final Store store;

    public JdbiReceipts(Store store) {
        this.store = store;
    }

    @Override
    public Map<MessageId, ReportedMessage> lock(
            WorkspaceId workspace, Collection<MessageId> messages) {
        List<MessageId> sorted = messages.stream().distinct().sorted().toList();
        return store.inTransaction(handle -> lock(handle, workspace, sorted));
    }

    private static Map<MessageId, ReportedMessage> lock(
            Handle handle, WorkspaceId workspace, List<MessageId> sorted) {
        Map<MessageId, ReportedMessage> found = new HashMap<>();
        found.putAll(ReportedRows.lock(handle, workspace, sorted));
        found.putAll(ReportedRows.withDecidedAddress(handle, found));
        List<MessageId> others = sorted.stream().filter(id -> !found.containsKey(id)).toList();
        found.putAll(ReportedRows.others(handle, workspace, others));
        return found;
    }

    @Override
    public Set<Receipt.Key> recorded(Collection<Receipt.Key> receipts) {
        return receipts.isEmpty()
                ? Set.of()
                : store.inStatement(handle -> ReceiptRows.recorded(handle, List.copyOf(receipts)));
    }

    @Override
    public void add(List<NewReceipt> receipts, List<Move> moves, Instant now) {
        var _ =
                store.inTransaction(handle -> {
                    if (!moves.isEmpty()) {
                        ReceiptRows.keepFormerStates(handle, moves);
                    }
                    if (!receipts.isEmpty()) {
                        ReceiptRows.insert(handle, receipts, now);
                    }
                    return moves.isEmpty() ? 0 : ReceiptRows.move(handle, moves);
                });
    }
}

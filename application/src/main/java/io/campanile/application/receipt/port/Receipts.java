package io.campanile.application.receipt.port;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was reported of messages. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Receipts {
    /// Looks messages up. Nobody else moves those that a provider took, or may have taken, until
    /// the end of the running transaction, and nobody takes their people out of them. Those that
    /// the workspace does not have are absent.
    Map<MessageId, ReportedMessage> lock(WorkspaceId workspace, Collection<MessageId> messages);

    /// Which of the receipts were recorded before. To be asked under the lock.
    Set<Receipt.Key> recorded(Collection<Receipt.Key> receipts);

    /// Keeps receipts of locked messages as their next events, in the order given, and moves
    /// messages: the state they were in becomes an event before, and what is counted of broadcasts
    /// follows.
    ///
    /// @param receipts none of them recorded before
    /// @param moves at most one for each message
    void add(List<NewReceipt> receipts, List<Move> moves, Instant now);
}

package io.campanile.testkit.message;

import io.campanile.application.receipt.port.Move;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.application.receipt.port.Receipts;
import io.campanile.application.receipt.port.ReportedMessage;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Receipts in memory, beside the messages. Locks nothing:
/// [io.campanile.testkit.store.InMemoryTransactions] runs one transaction at a time.
final class InMemoryReceipts implements Receipts {
    private static final Set<MessageState.Kind> LEFT =
            EnumSet.of(
                    MessageState.Kind.UNKNOWN,
                    MessageState.Kind.SENT,
                    MessageState.Kind.DELIVERED,
                    MessageState.Kind.BOUNCED);

    private final InMemoryStore store;

    InMemoryReceipts(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Map<MessageId, ReportedMessage> lock(
            WorkspaceId workspace, Collection<MessageId> messages) {
        synchronized (store) {
            store.requireThere();
            Map<MessageId, ReportedMessage> found = new HashMap<>();
            for (MessageId id : messages) {
                Optional.ofNullable(store.messages.get(id))
                        .filter(row -> isOf(workspace, row))
                        .ifPresent(row -> found.put(id, reported(row)));
            }
            return found;
        }
    }

    private boolean isOf(WorkspaceId workspace, MessageRow row) {
        CampaignName name = store.campaigns.get(row.execution.campaign());
        return name != null && name.workspace().equals(workspace);
    }

    private static ReportedMessage reported(MessageRow row) {
        boolean doubted = !row.isOpen() && row.doubts() > 0;
        return new ReportedMessage(
                row.state.kind(),
                doubted,
                row.execution.broadcast() == null ? null : row.execution.id(),
                doubted || LEFT.contains(row.state.kind()) ? InMemoryMessages.address(row) : null);
    }

    @Override
    public Set<Receipt.Key> recorded(Collection<Receipt.Key> receipts) {
        synchronized (store) {
            store.requireThere();
            return receipts.stream()
                    .filter(key -> isRecorded(store.messages.get(key.message()), key.id()))
                    .collect(Collectors.toSet());
        }
    }

    private static boolean isRecorded(@Nullable MessageRow row, String id) {
        return row != null && row.receipts.contains(id);
    }

    @Override
    public void add(List<NewReceipt> receipts, List<Move> moves, Instant now) {
        synchronized (store) {
            store.requireThere();
            moves.forEach(move -> row(move.message()).keepFormerState());
            receipts.forEach(added -> row(added.receipt().message()).report(added));
            moves.forEach(move -> row(move.message()).move(move.state(), said(move, receipts)));
        }
    }

    /// What the provider answered stays, until a bounce says something else.
    private ProviderReply said(Move move, List<NewReceipt> receipts) {
        return move.state().kind() == MessageState.Kind.BOUNCED
                ? receipts.stream()
                        .map(NewReceipt::receipt)
                        .filter(receipt -> receipt.message().equals(move.message()))
                        .filter(receipt -> receipt.kind() == ReceiptKind.BOUNCED)
                        .map(receipt -> ProviderReply.reported(receipt.enhancedCode()))
                        .findFirst()
                        .orElseThrow()
                : row(move.message()).reply;
    }

    private MessageRow row(MessageId id) {
        MessageRow row = store.messages.get(id);
        if (row == null) {
            throw new IllegalStateException("no such message: " + id);
        }
        return row;
    }
}

package io.campanile.application.receipt;

import io.campanile.application.receipt.port.Move;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.application.receipt.port.ReportedMessage;
import io.campanile.application.suppression.AddressNews;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.receipt.ReceiptRefusal;
import io.campanile.domain.receipt.ReceiptRule;
import io.campanile.domain.receipt.ReceiptVerdict;
import io.campanile.domain.suppression.Bounce;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Complaint;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the receipts of one call come to, one after the other: a call may name a message, and a
/// receipt, more than once. Not thread-safe.
final class ReportRound {
    private final WorkspaceId workspace;
    private final Map<MessageId, ReportedMessage> messages;
    private final Set<Receipt.Key> recorded;
    private final Instant now;

    private final List<NewReceipt> kept = new ArrayList<>();
    private final Map<MessageId, MessageState.Settled> moved = new TreeMap<>();
    private final List<Bounce> bounces = new ArrayList<>();
    private final List<Complaint> complaints = new ArrayList<>();
    private final Map<BouncedAddress, Instant> deliveries = new HashMap<>();

    /// @param messages as they stand, those that are known
    /// @param recorded those that were recorded before
    ReportRound(
            WorkspaceId workspace,
            Map<MessageId, ReportedMessage> messages,
            Set<Receipt.Key> recorded,
            Instant now) {
        this.workspace = workspace;
        this.messages = Map.copyOf(messages);
        this.recorded = new HashSet<>(recorded);
        this.now = now;
    }

    ReceiptResult take(Receipt receipt) {
        ReportedMessage message = messages.get(receipt.message());
        if (message == null) {
            return new ReceiptResult.Rejected(ReceiptRefusal.MESSAGE_UNKNOWN);
        }
        MessageState.Kind state = stateOf(receipt.message(), message);
        if (recorded.contains(receipt.key())) {
            return new ReceiptResult.Recorded(receipt.message(), state, true);
        }
        if (!receipt.isTimely(now)) {
            return new ReceiptResult.Rejected(ReceiptRefusal.TIME_WRONG);
        }
        return switch (ReceiptRule.of(state, message.doubted(), receipt)) {
            case ReceiptVerdict.Refused(var why) -> new ReceiptResult.Rejected(why);
            case ReceiptVerdict.Noted() -> keep(receipt, message, null);
            case ReceiptVerdict.Moves(var to) -> keep(receipt, message, to);
        };
    }

    private MessageState.Kind stateOf(MessageId id, ReportedMessage message) {
        MessageState.Settled to = moved.get(id);
        return to == null ? message.state() : to.kind();
    }

    private ReceiptResult keep(
            Receipt receipt, ReportedMessage message, MessageState.@Nullable Settled to) {
        recorded.add(receipt.key());
        if (to != null) {
            moved.put(receipt.message(), to);
        }
        EmailAddress address = message.address();
        kept.add(new NewReceipt(receipt, address == null));
        if (address != null) {
            learn(BouncedAddress.of(workspace, address), receipt, to);
        }
        return new ReceiptResult.Recorded(
                receipt.message(), stateOf(receipt.message(), message), false);
    }

    /// Each counts for the address, also when the message stays where it is: a second server may
    /// know more of it than the first.
    private void learn(BouncedAddress address, Receipt receipt, MessageState.@Nullable Settled to) {
        receipt.bounce()
                .ifPresent(kind ->
                        bounces.add(
                                new Bounce(
                                        address,
                                        kind,
                                        receipt.message(),
                                        ProviderReply.reported(receipt.tellingCode()),
                                        receipt.time())));
        if (receipt.kind() == ReceiptKind.COMPLAINED) {
            complaints.add(new Complaint(address, receipt.message(), receipt.time()));
        }
        if (to instanceof MessageState.Delivered(var at)) {
            deliveries.merge(address, at, (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    /// In the order in which they were taken.
    List<NewReceipt> kept() {
        return List.copyOf(kept);
    }

    List<Move> moves() {
        return moved.entrySet().stream()
                .flatMap(entry -> move(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private Optional<Move> move(MessageId id, MessageState.Settled to) {
        return Optional.ofNullable(messages.get(id))
                .map(message -> new Move(id, message.broadcast(), message.state(), to));
    }

    AddressNews news() {
        List<Bounce> inOrder = bounces.stream().sorted(Comparator.comparing(Bounce::time)).toList();
        return new AddressNews(inOrder, List.copyOf(complaints), Map.copyOf(deliveries));
    }
}

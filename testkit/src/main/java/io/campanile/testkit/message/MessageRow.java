package io.campanile.testkit.message;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.receipt.Receipt;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A message in memory; guarded by its [InMemoryStore].
final class MessageRow {
    final NewExecution execution;
    NewMessage message;
    final List<MessageEvent> events = new ArrayList<>();
    MessageState state;
    ProviderReply reply = ProviderReply.NONE;
    Instant stateTime;
    Instant dueTime;

    /// When it was due, while a pause of its broadcast holds it; null where that had come.
    @Nullable Instant heldDueTime;

    @Nullable SealedSecret sensitive;
    @Nullable Long owner;
    @Nullable String spoiledAddress;
    int epoch;
    int attempts;
    int claimsWithoutMark;
    int loneTries;
    @Nullable DecisionRecord decision;

    /// Whose message was written instead of this one, which is a duplicate.
    @Nullable ProfileId writtenInstead;

    /// The reporters' ids of what was reported of it.
    final Set<String> receipts = new HashSet<>();

    MessageRow(NewExecution execution, NewMessage message, long node) {
        this.execution = execution;
        this.message = message;
        this.state =
                message.scheduled()
                        ? new MessageState.Deferred(message.dueTime(), Reason.SCHEDULED)
                        : new MessageState.Accepted();
        this.stateTime = execution.createTime();
        this.dueTime = message.dueTime();
        this.sensitive = message.sensitive();
        if (message.kept()) {
            owner = node;
            epoch = 1;
            claimsWithoutMark = 1;
        }
    }

    @Nullable String storedAddress() {
        EmailAddress address = message.address();
        return spoiledAddress == null && address != null ? address.value() : spoiledAddress;
    }

    boolean isOpen() {
        return state.kind().isOpen();
    }

    boolean isSending() {
        return state instanceof MessageState.Sending;
    }

    /// The state it is in; a claimed one is due when the claim ends.
    MessageState stateNow() {
        return state instanceof MessageState.Deferred(_, var reason)
                ? new MessageState.Deferred(dueTime, reason)
                : state;
    }

    /// Whether it is put off for a provider's reason, after an attempt.
    boolean isStuck() {
        return attempts > 0
                && state instanceof MessageState.Deferred(_, var reason)
                && Reason.OF_PROVIDERS.contains(reason);
    }

    /// After how many attempts nobody knew whether the provider took it.
    int doubts() {
        return (int)
                events.stream().filter(event -> event.reason() == Reason.OUTCOME_UNKNOWN).count();
    }

    /// The room it takes in a node's memory.
    int places() {
        return MessageQueue.placesFor(
                (execution.broadcast() == null ? message.payload().length : 0)
                        + (sensitive == null ? 0 : sensitive.bytes().length));
    }

    /// A claim that is over counts as none.
    boolean isOwnerless(Instant now) {
        return owner == null || !dueTime.isAfter(now);
    }

    boolean isHeldUnder(Claim claim) {
        return isOpen() && owner != null && epoch == claim.epoch().value();
    }

    void mark(Instant now) {
        state = new MessageState.Sending();
        reply = ProviderReply.NONE;
        stateTime = now;
        attempts++;
    }

    /// Keeps what there is to keep.
    void decided(@Nullable DecisionRecord latest) {
        decision = latest == null ? decision : latest;
    }

    /// Takes the person out.
    void erase() {
        message =
                new NewMessage(
                        message.id(),
                        message.recipientIndex(),
                        Identity.ERASED,
                        null,
                        "{}".getBytes(StandardCharsets.UTF_8),
                        null,
                        message.lane(),
                        message.dueTime(),
                        message.expireTime(),
                        message.scheduled(),
                        message.kept());
        decision = null;
        writtenInstead = null;
        events.replaceAll(MessageRow::wordless);
    }

    /// Something was reported of it.
    void report(NewReceipt added) {
        Receipt receipt = added.receipt();
        receipts.add(receipt.id());
        events.add(
                new MessageEvent(
                        events.size() + 1,
                        MessageEvent.Type.of(receipt.kind()),
                        receipt.reason(),
                        attempts,
                        ProviderReply.reported(receipt.enhancedCode()),
                        receipt.time(),
                        new MessageEvent.ReceiptDetail(added.diagnostic(), added.addressGone())));
    }

    void keepFormerState() {
        if (receipts.isEmpty()) {
            events.add(
                    new MessageEvent(
                            events.size() + 1, state.kind(), reason(), attempts, reply, stateTime));
        }
    }

    /// As a receipt has it.
    void move(MessageState.Settled to, ProviderReply said) {
        state = to;
        reply = said;
        stateTime = to.at();
    }

    boolean hasComplaint() {
        return events.stream().anyMatch(event -> event.type() == MessageEvent.Type.COMPLAINED);
    }

    private static MessageEvent wordless(MessageEvent event) {
        MessageEvent.ReceiptDetail detail = event.receipt();
        return detail == null
                ? event
                : new MessageEvent(
                        event.number(),
                        event.type(),
                        event.reason(),
                        event.attempts(),
                        event.reply(),
                        event.time(),
                        new MessageEvent.ReceiptDetail("", detail.addressGone()));
    }

    void release(Instant due) {
        owner = null;
        dueTime = due;
        loneTries = 0;
        claimsWithoutMark = Math.max(0, claimsWithoutMark - 1);
    }

    boolean isHeld() {
        return owner == null && dueTime.equals(message.expireTime());
    }

    void hold() {
        if (!isHeld()) {
            heldDueTime = owner == null ? dueTime : null;
        }
        release(message.expireTime());
    }

    void letGo(Instant now) {
        dueTime = heldDueTime == null || heldDueTime.isBefore(now) ? now : heldDueTime;
        heldDueTime = null;
    }

    void settle(MessageState.Settled settled, Instant now) {
        state = settled;
        stateTime = now;
        owner = null;
        sensitive = null;
    }

    void defer(MessageState.Deferred deferred, ProviderReply said, Instant now) {
        state = deferred;
        reply = said;
        stateTime = now;
        dueTime = deferred.dueTime();
        owner = null;
        loneTries = 0;
        claimsWithoutMark = 0;
        events.add(
                new MessageEvent(
                        events.size() + 1,
                        MessageState.Kind.DEFERRED,
                        deferred.reason(),
                        attempts,
                        said,
                        now));
    }

    @Nullable Reason reason() {
        return state.reason();
    }
}

package io.campanile.testkit.message;

import io.campanile.application.content.port.Payload;
import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Erasures in a list.
final class InMemoryMessageErasures implements MessageErasures {
    private static final Duration COMMITTED = Duration.ofMinutes(1);

    private final InMemoryStore store;
    private final List<Pending> begun = new ArrayList<>();

    /// @param end messages from then on are about somebody new
    private record Pending(Erasure erasure, Instant end) {}

    InMemoryMessageErasures(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public int begin(Erasure erasure) {
        synchronized (store) {
            store.requireThere();
            begun.add(new Pending(erasure, end()));
            return cancel(erasure.names(), Instant.MAX, erasure.time());
        }
    }

    @Override
    public int goOn(Instant now, Consumer<Erasure> lastly) {
        synchronized (store) {
            store.requireThere();
            begun.removeIf(pending -> goOn(pending, now, lastly));
            return begun.size();
        }
    }

    private Instant end() {
        Instant now = store.clock.instant();
        Instant newest =
                store.messages.isEmpty()
                        ? now
                        : InMemoryMessages.createTime(store.messages.lastEntry().getValue());
        return Erasure.endOfMessages(now, newest);
    }

    /// Whether the message is about somebody whose erasure is not done.
    boolean isGone(MessageRow row) {
        return begun.stream()
                .anyMatch(pending -> of(pending.erasure().names(), pending.end()).contains(row));
    }

    private boolean goOn(Pending pending, Instant now, Consumer<Erasure> lastly) {
        Erasure erasure = pending.erasure();
        cancel(erasure.names(), pending.end(), now);
        List<MessageRow> rows = of(erasure.names(), pending.end());
        if (rows.stream().anyMatch(MessageRow::isOpen)
                || mayLackSome(erasure.names())
                || now.isBefore(erasure.time().plus(COMMITTED))) {
            return false;
        }
        rows.forEach(MessageRow::erase);
        rows.forEach(row -> unlabel(row.execution.id()));
        lastly.accept(erasure);
        return true;
    }

    private void unlabel(ExecutionId execution) {
        boolean isOfNobodyElse =
                store.messages.values().stream()
                        .filter(row -> row.execution.id().equals(execution))
                        .allMatch(row -> row.message.identity().equals(Identity.ERASED));
        if (isOfNobodyElse) {
            store.unlabelled.add(execution);
        }
    }

    private int cancel(PersonNames names, Instant end, Instant now) {
        List<MessageRow> waiting =
                of(names, end).stream()
                        .filter(row -> row.isOpen() && (!row.isSending() || row.owner == null))
                        .toList();
        waiting.forEach(row ->
                row.settle(
                        row.isSending()
                                ? new MessageState.Unknown(now)
                                : new MessageState.Cancelled(Reason.PROFILE_ERASED, now),
                        now));
        return waiting.size();
    }

    private List<MessageRow> of(PersonNames names, Instant end) {
        return store.messages.values().stream()
                .filter(row -> InMemoryMessages.createTime(row).isBefore(end))
                .filter(row -> store.workspace(row.execution).equals(names.workspace()))
                .filter(row ->
                        names(store, names, row)
                                || (row.sensitive != null
                                        && isAddressed(names, sealed(row.sensitive), row)
                                        && !isSomebodyElse(store, names, row.message.identity())))
                .toList();
    }

    static boolean names(InMemoryStore store, PersonNames names, MessageRow row) {
        Identity identity = row.message.identity();
        return names.identities().contains(identity)
                || names.identities().contains(identity.comparable())
                || ((isAmong(names, InMemoryMessages.address(row))
                                || isAddressed(names, plain(store, row), row))
                        && !isSomebodyElse(store, names, identity));
    }

    /// Whether something that could be the person's can be read by other nodes only.
    private boolean mayLackSome(PersonNames names) {
        return !names.addressFields().isEmpty()
                && store.open()
                        .filter(row -> row.message.address() == null)
                        .map(row -> row.sensitive)
                        .anyMatch(secret ->
                                secret != null
                                        && !store.sealer().keyIds().contains(secret.keyId()));
    }

    /// What the call lays over a field counts when it carries no address.
    private static boolean isAddressed(PersonNames names, Attributes overlay, MessageRow row) {
        return row.message.address() == null && names.isAddressedBy(overlay);
    }

    private static Attributes plain(InMemoryStore store, MessageRow row) {
        return row.execution.broadcast() == null
                ? overlay(() -> store.codec().decode(row.message.payload()))
                : Attributes.NONE;
    }

    private Attributes sealed(SealedSecret sensitive) {
        return overlay(() -> store.payloads.open(sensitive));
    }

    private static Attributes overlay(Supplier<Payload> payload) {
        try {
            return Attributes.of(payload.get().profile());
        } catch (IllegalArgumentException _) {
            // The test stored bytes that nobody can read.
            return Attributes.NONE;
        }
    }

    private static boolean isSomebodyElse(
            InMemoryStore store, PersonNames names, Identity identity) {
        return store.people
                .find(names.workspace(), identity.comparable())
                .filter(person -> !person.id().equals(names.profile()))
                .isPresent();
    }

    private static boolean isAmong(PersonNames names, @Nullable EmailAddress address) {
        return address != null
                && names.addresses().contains(new EmailAddress(address.comparable()));
    }
}

package io.campanile.testkit.message;

import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Erasure;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Erasures in a list.
final class InMemoryMessageErasures implements MessageErasures {
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final InMemoryStore store;
    private final List<Erasure> begun = new ArrayList<>();

    InMemoryMessageErasures(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public int begin(Erasure erasure) {
        synchronized (store) {
            store.requireThere();
            begun.add(erasure);
            return cancel(erasure, erasure.time());
        }
    }

    @Override
    public int goOn(Instant now) {
        synchronized (store) {
            store.requireThere();
            begun.removeIf(erasure -> goOn(erasure, now));
            return begun.size();
        }
    }

    private boolean goOn(Erasure erasure, Instant now) {
        cancel(erasure, now);
        List<MessageRow> rows = of(erasure);
        rows.stream().filter(row -> !row.isOpen()).forEach(MessageRow::erase);
        return rows.stream().noneMatch(MessageRow::isOpen)
                && !now.isBefore(erasure.time().plus(SETTLED));
    }

    private int cancel(Erasure erasure, Instant now) {
        List<MessageRow> waiting =
                of(erasure).stream().filter(row -> row.isOpen() && !row.isSending()).toList();
        waiting.forEach(
                row -> row.settle(new MessageState.Cancelled(Reason.PROFILE_ERASED, now), now));
        return waiting.size();
    }

    private List<MessageRow> of(Erasure erasure) {
        return store.messages.values().stream()
                .filter(row -> !row.execution.createTime().isAfter(erasure.time()))
                .filter(row ->
                        erasure.identities().contains(row.message.identity())
                                || erasure.identities()
                                        .contains(row.message.identity().comparable())
                                || isAmong(erasure, row.message.address()))
                .toList();
    }

    private static boolean isAmong(Erasure erasure, @Nullable EmailAddress address) {
        return address != null
                && erasure.addresses().contains(new EmailAddress(address.comparable()));
    }
}

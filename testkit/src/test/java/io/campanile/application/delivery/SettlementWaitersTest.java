package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.MessageId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

class SettlementWaitersTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /// Entering them takes long enough for somebody to come in between.
    private static final int MANY = 200_000;

    private final List<MessageId> lookedUp = new ArrayList<>();
    private final SettlementWaiters waiters =
            new SettlementWaiters(
                    1,
                    messages -> {
                        lookedUp.addAll(messages);
                        return Map.of();
                    },
                    () -> NOON);

    @Test
    void forgetsACallWhoseTimeIsOverBeforeAllItsMessagesAreEntered() throws InterruptedException {
        List<MessageId> messages =
                LongStream.range(0, MANY)
                        .mapToObj(number -> new MessageId(new UUID(0, number)))
                        .toList();
        var answered = new CompletableFuture<Integer>();
        assertThat(waiters.takePlace()).isTrue();

        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            var looking = new CountDownLatch(1);
            other.execute(() -> {
                while (!answered.isDone()) {
                    waiters.answerOverdue();
                    looking.countDown();
                }
            });
            looking.await();
            waiters.await(messages, NOON, states -> answered.complete(states.size()));
        }
        waiters.poll();

        assertThat(answered.join()).isZero();
        assertThat(lookedUp).isEmpty();
        assertThat(waiters.takePlace()).isTrue();
    }
}

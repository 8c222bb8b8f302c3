package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.campanile.application.delivery.port.SettledStates;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

class SettlementWaitersTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /// Entering them takes long enough for somebody to come in between.
    private static final int MANY = 200_000;

    private static final Instant LONG_OVER = NOON.minusSeconds(1);
    private static final MessageId MESSAGE = new MessageId(new UUID(0, 1));

    private boolean away;
    private final List<MessageId> lookedUp = new ArrayList<>();
    private int mostAtOnce;
    private final SettlementWaiters waiters =
            new SettlementWaiters(
                    1,
                    new SettledStates() {
                        @Override
                        public Map<MessageId, MessageState> settledAmong(
                                Collection<MessageId> messages) {
                            lookedUp.addAll(messages);
                            mostAtOnce = Math.max(mostAtOnce, messages.size());
                            return Map.of();
                        }

                        @Override
                        public Map<MessageId, MessageState> statesOf(
                                Collection<MessageId> messages) {
                            if (away) {
                                throw new StoreUnavailable("away", new IllegalStateException());
                            }
                            return messages.stream()
                                    .collect(
                                            Collectors.toMap(
                                                    message -> message,
                                                    _ -> new MessageState.Sending()));
                        }
                    },
                    () -> NOON);

    @Test
    void forgetsACallWhoseTimeIsOverBeforeAllItsMessagesAreEntered() throws InterruptedException {
        List<MessageId> messages =
                LongStream.range(0, MANY)
                        .mapToObj(number -> new MessageId(new UUID(0, number)))
                        .toList();
        var answered = new CompletableFuture<Integer>();
        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isTrue();

        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            var looking = new CountDownLatch(1);
            other.execute(() -> {
                while (!answered.isDone()) {
                    waiters.answerOverdue();
                    looking.countDown();
                }
            });
            looking.await();
            waiters.await(
                    WorkspaceId.DEFAULT,
                    messages,
                    LONG_OVER,
                    () -> false,
                    states -> answered.complete(states.size()));
        }
        waiters.poll();

        assertThat(answered.join()).isZero();
        assertThat(lookedUp).isEmpty();
        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isTrue();
    }

    @Test
    void tellsWhereMessagesStandWhenTheTimeIsOver() {
        var answered = new CompletableFuture<Map<MessageId, MessageState>>();
        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isTrue();
        waiters.await(WorkspaceId.DEFAULT, List.of(MESSAGE), NOON, () -> false, answered::complete);

        waiters.answerOverdue();
        assertThat(answered).isNotDone();
        waiters.poll();

        assertThat(answered.join()).containsExactly(entry(MESSAGE, new MessageState.Sending()));
    }

    @Test
    void waitsNoLongerWhenTheClockIsSetBack() {
        var answered = new CompletableFuture<Map<MessageId, MessageState>>();
        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isTrue();
        Instant beforeItWasSetBack = NOON.plus(Duration.ofHours(1));
        waiters.await(
                WorkspaceId.DEFAULT,
                List.of(MESSAGE),
                beforeItWasSetBack,
                () -> false,
                answered::complete);

        waiters.poll();

        assertThat(answered.join()).containsExactly(entry(MESSAGE, new MessageState.Sending()));
    }

    @Test
    void looksUpSomeThousandMessagesAtOnceAndAllInTurn() {
        List<MessageId> messages =
                LongStream.range(0, 10_000)
                        .mapToObj(number -> new MessageId(new UUID(0, number)))
                        .toList();
        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isTrue();
        waiters.await(WorkspaceId.DEFAULT, messages, NOON.plusSeconds(1), () -> false, _ -> {});

        for (int i = 0; i < 6; i++) {
            waiters.poll();
        }

        assertThat(mostAtOnce).isEqualTo(4_000);
        assertThat(lookedUp).hasSize(20_000);
        assertThat(Set.copyOf(lookedUp)).isEqualTo(Set.copyOf(messages));
    }

    @Test
    void saysNothingOfMessagesThatNobodyCouldLookUp() {
        var answered = new CompletableFuture<Map<MessageId, MessageState>>();
        away = true;
        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isTrue();
        waiters.await(
                WorkspaceId.DEFAULT, List.of(MESSAGE), LONG_OVER, () -> false, answered::complete);

        waiters.poll();
        assertThat(answered).isNotDone();
        waiters.answerOverdue();

        assertThat(answered.join()).isEmpty();
    }

    @Test
    void givesThePermitOfACallerWhoHungUpToOthers() {
        var gone = new AtomicBoolean();
        var answered = new CompletableFuture<Map<MessageId, MessageState>>();
        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isTrue();
        waiters.await(
                WorkspaceId.DEFAULT,
                List.of(MESSAGE),
                NOON.plusSeconds(30),
                gone::get,
                answered::complete);

        waiters.answerOverdue();
        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isFalse();
        gone.set(true);
        waiters.answerOverdue();

        assertThat(waiters.takePermit(WorkspaceId.DEFAULT)).isTrue();
        assertThat(answered.join()).isEmpty();
    }
}

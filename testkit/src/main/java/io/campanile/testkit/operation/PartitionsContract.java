package io.campanile.testkit.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.operation.port.Partitions;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;

/// What every [Partitions] must do. Each test has old days of its own and leaves none of them
/// behind, so that tests can share a store.
public abstract class PartitionsContract extends StoreScene {
    private Partitions partitions() {
        return store().partitions();
    }

    /// Whenever something settled.
    private int drop(Instant before) {
        return partitions().dropOlderThan(before, now.plus(Duration.ofDays(1)));
    }

    @Test
    void dropsWholeDaysOlderThanTheRetentionOnce() {
        Instant day = Instant.parse("2021-05-02T00:00:00Z");
        partitions().makeAhead(day, Period.ofDays(1));

        assertThat(drop(day.plus(Duration.ofHours(36)))).isEqualTo(2);
        assertThat(drop(day.plus(Duration.ofHours(36)))).isZero();
        assertThat(drop(day.plus(Duration.ofDays(2)))).isEqualTo(1);
    }

    @Test
    void makesADayOnceHoweverOftenItIsAskedFor() {
        Instant evening = Instant.parse("2021-06-02T23:30:00Z");
        partitions().makeAhead(evening, Period.ofDays(1));
        partitions().makeAhead(evening.plus(Duration.ofHours(1)), Period.ofDays(1));

        assertThat(drop(evening.plus(Duration.ofDays(9)))).isEqualTo(4);
    }

    protected final Triggers openOn(Instant day) {
        return trigger(campaign, day.plusSeconds(5)).expireTime(now.plus(Duration.ofHours(1)));
    }

    @Test
    void keepsADayInWhichAMessageIsOpen() {
        Instant day = Instant.parse("2022-05-02T00:00:00Z");
        Instant nextDay = day.plus(Duration.ofDays(1));
        partitions().makeAhead(day, Period.ZERO);
        MessageId open = ids(stored(openOn(day))).getFirst();

        assertThat(drop(nextDay)).isEqualTo(1);
        assertThat(stateOf(open)).isEqualTo(MessageState.Kind.ACCEPTED);

        settleAll();
        assertThat(drop(nextDay)).isEqualTo(1);
    }

    /// As one that was scheduled farther ahead than messages are kept.
    @Test
    void keepsADayInWhichAMessageSettledOfLate() {
        Instant day = Instant.parse("2022-07-02T00:00:00Z");
        Instant nextDay = day.plus(Duration.ofDays(1));
        partitions().makeAhead(day, Period.ZERO);
        MessageId message = ids(stored(openOn(day))).getFirst();
        settleAll();

        assertThat(partitions().dropOlderThan(nextDay, now)).isEqualTo(1);
        assertThat(stateOf(message)).isEqualTo(MessageState.Kind.SENT);

        assertThat(partitions().dropOlderThan(nextDay, now.plusMillis(1))).isEqualTo(1);
    }

    @Test
    void forgetsTheMessagesAndExecutionsOfADroppedDay() {
        Instant day = Instant.parse("2022-06-02T00:00:00Z");
        partitions().makeAhead(day, Period.ZERO);
        var execution = stored(openOn(day));
        settleAll();

        drop(day.plus(Duration.ofDays(1)));

        assertThat(store().messages().find(WorkspaceId.DEFAULT, ids(execution).getFirst()))
                .isEmpty();
        assertThat(store().executions().find(WorkspaceId.DEFAULT, execution.id())).isEmpty();
    }

    @Test
    void keepsTodayAndTheDaysAhead() {
        partitions().makeAhead(now, Period.ofDays(1));
        MessageId today = ids(stored(trigger())).getFirst();
        settleAll();

        drop(now);

        assertThat(stateOf(today)).isEqualTo(MessageState.Kind.SENT);
        assertThat(stateOf(ids(stored(trigger())).getFirst()))
                .isEqualTo(MessageState.Kind.ACCEPTED);
    }

    protected final void settleAll() {
        store().queue()
                .record(
                        marked().stream()
                                .map(claim -> recording(claim, new MessageState.Sent(now)))
                                .toList());
    }
}

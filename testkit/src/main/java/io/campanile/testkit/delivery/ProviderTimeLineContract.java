package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.ProviderTimeLine;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What every [ProviderTimeLine] must do.
public abstract class ProviderTimeLineContract extends StoreScene {
    /// So slow that the time between two calls does not matter.
    private static final double ONE_IN_100_SECONDS = 0.01;

    protected abstract ProviderTimeLine timeLine();

    /// Nobody asks for so long.
    protected abstract void letPass(Duration duration);

    /// The store's clock was ahead by so much until now.
    protected abstract void setBack(Duration duration);

    @Test
    void givesTheFirstTimeAtOnce() {
        assertThat(reserve(1)).isEqualTo(now);
    }

    @Test
    void givesTheNextTimeAfterAllThatWereReserved() {
        reserve(3);

        assertThat(Duration.between(now, reserve(1)))
                .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(300));
    }

    @Test
    void movesAsFastAsTheRateSays() {
        timeLine().reserve(configuration, 60_000, 200, now);

        assertThat(Duration.between(now, timeLine().reserve(configuration, 1, 200, now)))
                .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(300));
    }

    @Test
    void movesTimesWithTheRate() {
        reserve(3);

        assertThat(Duration.between(now, timeLine().reserve(configuration, 1, 0.1, now)))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        assertThat(Duration.between(now, reserve(1)))
                .isBetween(Duration.ofSeconds(340), Duration.ofSeconds(400));
    }

    @Test
    void keepsALineForEachConfiguration() {
        reserve(3);
        configuration = new ChannelConfigurationId(Triggers.id(now));
        store().configuration(configuration, ChannelConfiguration.State.ACTIVE, 1);

        assertThat(reserve(1)).isEqualTo(now);
    }

    @Test
    void savesNoTimesUpWhileNobodyAsks() {
        reserve(1);
        letPass(Duration.ofHours(1));

        assertThat(reserve(1)).isEqualTo(now);
        assertThat(reserve(1)).isAfter(now.plusSeconds(70));
    }

    @Test
    void goesOnWhenTheClockIsSetBack() {
        reserve(3);
        setBack(Duration.ofHours(2));

        assertThat(Duration.between(now, reserve(1)))
                .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(300));
        assertThat(Duration.between(now, reserve(1)))
                .isBetween(Duration.ofSeconds(370), Duration.ofSeconds(400));
    }

    @Test
    void namesTimesOnTheClockOfWhoeverAsks() {
        Instant ahead = now.plus(Duration.ofHours(1));
        reserve(3);

        Instant sendTime = timeLine().reserve(configuration, 1, ONE_IN_100_SECONDS, ahead);

        assertThat(Duration.between(ahead, sendTime))
                .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(300));
    }

    @Test
    void givesEveryTimeToOneCallerOnly() throws InterruptedException, ExecutionException {
        Callable<Instant> caller = () -> reserve(1);
        var sendTimes = new ArrayList<Instant>();
        try (var callers = Executors.newFixedThreadPool(6)) {
            for (Future<Instant> sendTime : callers.invokeAll(Collections.nCopies(12, caller))) {
                sendTimes.add(sendTime.get());
            }
        }
        List<Instant> inOrder = sendTimes.stream().sorted().toList();
        for (int i = 1; i < inOrder.size(); i++) {
            assertThat(Duration.between(inOrder.get(i - 1), inOrder.get(i)))
                    .isGreaterThan(Duration.ofSeconds(70));
        }
    }

    private Instant reserve(int messages) {
        return timeLine().reserve(configuration, messages, ONE_IN_100_SECONDS, now);
    }
}

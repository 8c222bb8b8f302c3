package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Pace;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class JdbiPaceIT extends StoreScene {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    /// So slow that the time between two calls does not matter.
    private static final double ONE_IN_100_SECONDS = 0.01;

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    private static Pace pace() {
        return new JdbiPace(STORE.database().hot());
    }

    @Test
    void givesTheFirstPlaceAtOnce() {
        assertThat(reserve(1)).isEqualTo(now);
    }

    @Test
    void givesTheNextPlaceAfterAllThatWereTaken() {
        reserve(3);

        assertThat(Duration.between(now, reserve(1)))
                .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(300));
    }

    @Test
    void keepsALineForEachConfiguration() {
        reserve(3);
        setAnotherScene();

        assertThat(reserve(1)).isEqualTo(now);
    }

    @Test
    void savesNoPlacesUpWhileNobodyAsks() {
        pace().reserve(configuration, 1, 1e6, now);

        // The line lies in the past by now; two calls still get places one after the other.
        assertThat(reserve(1)).isEqualTo(now);
        assertThat(reserve(1)).isAfter(now.plusSeconds(70));
    }

    @Test
    void givesEveryPlaceToOneCallerOnly() throws InterruptedException, ExecutionException {
        Callable<Instant> caller = () -> reserve(1);
        var places = new ArrayList<Instant>();
        try (var callers = Executors.newFixedThreadPool(6)) {
            for (Future<Instant> place : callers.invokeAll(Collections.nCopies(12, caller))) {
                places.add(place.get());
            }
        }
        List<Instant> inOrder = places.stream().sorted().toList();
        for (int i = 1; i < inOrder.size(); i++) {
            assertThat(Duration.between(inOrder.get(i - 1), inOrder.get(i)))
                    .isGreaterThan(Duration.ofSeconds(70));
        }
    }

    private void setAnotherScene() {
        configuration = new ChannelConfigurationId(Triggers.id(now));
        store().configuration(configuration, ChannelConfiguration.State.ACTIVE);
    }

    private Instant reserve(int permits) {
        return pace().reserve(configuration, permits, ONE_IN_100_SECONDS, now);
    }
}

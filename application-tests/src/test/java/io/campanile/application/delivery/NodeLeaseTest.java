package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Renewal;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class NodeLeaseTest {
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SettableTime clock = new SettableTime(NOON);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final NodeLease lease =
            new NodeLease(
                    store.nodes().register(MOST),
                    store.nodes(),
                    store.nodes(),
                    MOST,
                    this::nanoTime);

    /// What a renewal takes, once: from its second look at the time on.
    private Duration hang = Duration.ZERO;

    private int looks;

    private Runnable meanwhile = () -> {};

    private long nanoTime() {
        looks++;
        if (looks == 2) {
            clock.advance(hang);
            meanwhile.run();
        }
        return Duration.between(NOON, clock.instant()).toNanos();
    }

    private void failFor(Duration time) {
        clock.advance(time);
        store.faults().beAway(true);
        lease.renew();
        store.faults().beAway(false);
    }

    private void renewSlowly(Duration time) {
        looks = 0;
        hang = time;
        lease.renew();
    }

    @Test
    void takesNobodyForDeadWhoseRenewalMayHangAsItsOwnDid() {
        NodeId other = store.nodes().register(MOST);
        lease.renew();
        clock.advance(MOST.dividedBy(2));

        renewSlowly(MOST.dividedBy(2));
        lease.takeOver();

        assertThat(store.nodes().renew(other, MOST)).isEqualTo(Renewal.LATE);
    }

    @Test
    void takesNobodyForDeadWhileItsOwnRenewalHangs() {
        NodeId other = store.nodes().register(MOST);
        lease.renew();
        clock.advance(MOST.dividedBy(2));

        meanwhile = lease::takeOver;
        renewSlowly(MOST.dividedBy(2));

        assertThat(store.nodes().renew(other, MOST)).isEqualTo(Renewal.LATE);
    }

    @Test
    void aRenewalThatIsMissedProvesNothing() {
        failFor(MOST);

        assertThatCode(() -> lease.requireRenewed(MOST)).doesNotThrowAnyException();
    }

    @Test
    void saysWhyNothingCanBeWrittenThoughTheDatabaseAnswers() {
        failFor(MOST.plusNanos(1));

        StoreUnavailable refused =
                catchThrowableOfType(StoreUnavailable.class, () -> lease.requireRenewed(MOST));
        assertThat(refused.reason()).isEqualTo("away");
    }

    @Test
    void isProofAgainOnceItIsRenewed() {
        failFor(MOST.multipliedBy(2));

        lease.renew();

        assertThatCode(() -> lease.requireRenewed(MOST)).doesNotThrowAnyException();
    }

    @Test
    void isNoneWhenNobodyRenewsIt() {
        clock.advance(MOST.plusNanos(1));

        StoreUnavailable refused =
                catchThrowableOfType(StoreUnavailable.class, () -> lease.requireRenewed(MOST));
        assertThat(refused.reason()).isEqualTo("the lease is not renewed in time");
    }
}

package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A commit may hang on the server, and come when nobody has waited for it for long.
class LateCommitTest extends StoreScene {
    private final SettableTime clock = new SettableTime(now);
    private final InMemoryStore store = new InMemoryStore(clock);

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    @Test
    void whatItStoresIsGivenBackAsWell() {
        var strays = new StrayClaims(node, store.queue(), clock);
        strays.suspect();
        lookAfter(strays, Duration.ofSeconds(2));

        List<MessageId> late = kept();
        lookAfter(strays, Duration.ofSeconds(27));
        assertThat(waiting()).isEmpty();
        lookAfter(strays, Duration.ofSeconds(1));
        assertThat(waiting()).isEqualTo(late);

        List<MessageId> veryLate = kept();
        lookAfter(strays, Duration.ofSeconds(90));
        assertThat(waiting()).containsAll(veryLate);

        kept();
        lookAfter(strays, Duration.ofMinutes(5));
        assertThat(waiting()).as("nothing was suspected any more").isEmpty();
    }

    @Test
    void aSuspicionByAClockThatWasAheadPutsNothingOff() {
        var strays = new StrayClaims(node, store.queue(), clock);
        List<MessageId> stray = kept();
        clock.set(now.plus(Duration.ofHours(6)));
        strays.suspect();

        clock.set(now);
        strays.release();

        assertThat(waiting()).isEqualTo(stray);
    }

    @Test
    void whatTroubleThatGoesOnLeavesBehindIsGivenBackMeanwhile() {
        var strays = new StrayClaims(node, store.queue(), clock);
        List<MessageId> stray = kept();
        failFor(strays, Duration.ofSeconds(3));
        assertThat(waiting()).isEqualTo(stray);

        List<MessageId> late = kept();
        failFor(strays, Duration.ofSeconds(8));
        assertThat(waiting()).as("what is in memory need not be claimed all the time").isEmpty();
        failFor(strays, Duration.ofSeconds(1));
        assertThat(waiting()).containsAll(late);
    }

    private void failFor(StrayClaims strays, Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            strays.suspect();
            lookAfter(strays, Duration.ofMillis(200));
        }
    }

    /// Claims them, for an hour as well.
    private List<MessageId> waiting() {
        Instant time = clock.instant();
        return store
                .queue()
                .claim(
                        node,
                        Lane.TRANSACTIONAL,
                        configuration,
                        List.of(campaign),
                        100,
                        time.plus(Duration.ofHours(1)),
                        time)
                .stream()
                .map(message -> message.claim().message())
                .toList();
    }

    private void lookAfter(StrayClaims strays, Duration time) {
        clock.advance(time);
        strays.release();
    }

    /// Committed by this node, which does not know.
    private List<MessageId> kept() {
        return ids(
                stored(
                        trigger()
                                .kept(now.plus(Duration.ofHours(1)))
                                .expireTime(now.plus(Duration.ofHours(2)))));
    }
}

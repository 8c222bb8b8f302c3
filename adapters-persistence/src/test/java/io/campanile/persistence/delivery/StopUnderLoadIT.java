package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.MarkResult;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.message.MessageId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A stop gets through although marks of the same campaign never leave its control row alone, and
/// binds every mark after it.
class StopUnderLoadIT extends StoreScene {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void aStopGetsInAmongOverlappingMarks() throws Exception {
        getsInAmongMarks(() -> control(false, Delivery.CANCEL));
    }

    @Test
    void aPauseOfAChannelConfigurationGetsInAmongOverlappingMarks() throws Exception {
        getsInAmongMarks(() ->
                store().configuration(configuration, ChannelConfiguration.State.PAUSED, VERSION));
    }

    /// While one mark has its rows, the change waits, and the next mark waits for the change.
    private void getsInAmongMarks(Runnable change) throws Exception {
        stored(trigger().recipients(2));
        List<Claim> claims = claims(claim(node, now));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<MarkResult> next =
                    STORE.database()
                            .hot()
                            .inTransaction(_ -> {
                                assertThat(mark(node, claims.subList(0, 1)).marked()).hasSize(1);
                                var _ = executor.submit(change);
                                LockWaits.await(STORE.database(), 1);
                                Future<MarkResult> behind =
                                        executor.submit(() -> mark(node, claims.subList(1, 2)));
                                LockWaits.await(STORE.database(), 2);
                                return behind;
                            });
            assertThat(next.get().marked()).isEmpty();
        }
    }

    @Test
    void marksNothingOnceTheStopHasCommitted() throws InterruptedException, ExecutionException {
        stored(trigger().recipients(50));
        List<Claim> claims = claims(claim(node, now));
        var begun = new CountDownLatch(10);
        var stopped = new CountDownLatch(1);
        var markedBefore = new HashSet<MessageId>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<MarkResult>> afterStop =
                    executor.submit(() -> {
                        var results = new ArrayList<MarkResult>();
                        for (Claim claim : claims.subList(0, 40)) {
                            boolean late = stopped.getCount() == 0;
                            MarkResult result = mark(node, List.of(claim));
                            if (late) {
                                results.add(result);
                            } else {
                                markedBefore.addAll(result.marked());
                            }
                            begun.countDown();
                        }
                        stopped.await();
                        for (Claim claim : claims.subList(40, 50)) {
                            results.add(mark(node, List.of(claim)));
                        }
                        return results;
                    });
            assertThat(begun.await(Patience.TIME.toSeconds(), TimeUnit.SECONDS)).isTrue();
            control(false, Delivery.CANCEL);
            stopped.countDown();

            assertThat(afterStop.get())
                    .hasSizeGreaterThanOrEqualTo(10)
                    .allSatisfy(result -> assertThat(result.marked()).isEmpty());
        }
        assertThat(mark(node, claims).marked())
                .as("in hand-over since before the stop")
                .isEqualTo(markedBefore);
    }
}

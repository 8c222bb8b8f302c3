package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.message.MessageId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Several nodes at one queue, and a stop while a mark runs.
class ConcurrentDeliveryIT extends StoreScene {
    private static final int NODES = 4;
    private static final int EXECUTIONS = 4;
    private static final int RECIPIENTS = 60;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void givesEveryMessageToOneNodeOnly() throws InterruptedException, ExecutionException {
        var stored = new HashSet<MessageId>();
        for (int execution = 0; execution < EXECUTIONS; execution++) {
            stored.addAll(ids(stored(trigger().recipients(RECIPIENTS))));
        }
        var together = new CyclicBarrier(NODES);
        var claimed = new ArrayList<MessageId>();
        try (var executor = Executors.newFixedThreadPool(NODES)) {
            var nodes = new ArrayList<Future<List<MessageId>>>();
            for (int i = 0; i < NODES; i++) {
                NodeId claimer = store().nodes().register(Duration.ofHours(1));
                nodes.add(
                        executor.submit(() -> {
                            together.await();
                            return claimAll(claimer);
                        }));
            }
            for (Future<List<MessageId>> messages : nodes) {
                claimed.addAll(messages.get());
            }
        }
        // A node may come away while others still hold locks on the last rows it passed over.
        claimed.addAll(claimAll(node));
        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(stored);
    }

    private List<MessageId> claimAll(NodeId claimer) {
        var mine = new ArrayList<MessageId>();
        List<ClaimedMessage> some;
        do {
            some = claim(claimer, List.of(campaign), 7, now);
            some.forEach(message -> mine.add(message.claim().message()));
        } while (!some.isEmpty());
        return mine;
    }

    @Test
    void letsAStopWaitForAMarkThatRuns() throws InterruptedException, ExecutionException {
        stored(trigger().recipients(2));
        List<Claim> claims = claims(claim(node, now));
        List<Claim> first = claims.subList(0, 1);
        try (var executor = Executors.newSingleThreadExecutor()) {
            Future<?> stop =
                    STORE.database()
                            .hot()
                            .inTransaction(_ -> {
                                assertThat(mark(node, first).marked()).hasSize(1);
                                Future<?> stopping =
                                        executor.submit(() -> control(false, Delivery.CANCEL));
                                LockWaits.await(STORE.database());
                                assertThat(stopping).isNotDone();
                                return stopping;
                            });
            stop.get();
        }
        assertThat(mark(node, claims.subList(1, 2)).marked()).isEmpty();
    }

    @Test
    void letsAMarkWaitForAStopAndObeyIt() throws InterruptedException, ExecutionException {
        stored(trigger());
        List<Claim> claims = claims(claim(node, now));
        try (var executor = Executors.newSingleThreadExecutor()) {
            var mark =
                    STORE.database()
                            .store()
                            .inTransaction(_ -> {
                                control(false, Delivery.CANCEL);
                                var marking = executor.submit(() -> mark(node, claims));
                                LockWaits.await(STORE.database());
                                return marking;
                            });
            assertThat(mark.get().marked()).isEmpty();
        }
    }
}

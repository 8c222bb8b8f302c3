package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.MarkResult;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.delivery.QueueMarksContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class JdbiQueueMarksIT extends QueueMarksContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    /// Its answer was given up, and it still runs on the server.
    @Test
    void countsAnAttemptOnceThatIsMarkedAgainMeanwhile()
            throws InterruptedException, ExecutionException {
        var message = ids(stored(trigger())).getFirst();
        List<Claim> claims = claims(claim(node, now));
        var queue = new JdbiMessageQueue(STORE.database().hot());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<MarkResult> again =
                    STORE.database()
                            .hot()
                            .inTransaction(_ -> {
                                queue.mark(node, terms(), markings(claims), now);
                                Future<MarkResult> repeated = threads.submit(() -> again(claims));
                                LockWaits.await(STORE.database());
                                return repeated;
                            });
            assertThat(again.get().marked()).containsExactly(message);
        }

        assertThat(store().messages().find(WorkspaceId.DEFAULT, message))
                .hasValueSatisfying(view -> assertThat(view.attempts()).isEqualTo(1));
    }

    private MarkResult again(List<Claim> claims) {
        return store().queue().mark(node, termsAgain(), markings(claims), now);
    }

    /// Its answer was given up while it waited at the gate, and a pause has queued there since.
    @Test
    void keepsWhatAMarkStillMarksThatIsRepeatedMeanwhile()
            throws InterruptedException, ExecutionException {
        var message = ids(stored(trigger())).getFirst();
        List<Claim> claims = claims(claim(node, now));
        var waiting = new ArrayList<Future<MarkResult>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> pause =
                    STORE.database()
                            .store()
                            .inTransaction(handle -> {
                                ControlGate.enter(handle, campaign.value());
                                waiting.add(threads.submit(() -> mark(node, claims)));
                                LockWaits.await(STORE.database(), 1);
                                Future<?> paused =
                                        threads.submit(() -> control(true, Delivery.HOLD));
                                LockWaits.await(STORE.database(), 2);
                                waiting.add(threads.submit(() -> again(claims)));
                                LockWaits.await(STORE.database(), 3);
                                return paused;
                            });
            pause.get();
            assertThat(waiting.getFirst().get().marked()).containsExactly(message);
            assertThat(waiting.getLast().get()).isEqualTo(new MarkResult(Set.of(message), false));
        }
        assertThat(store().queue().held(node, claims)).containsExactly(message);
    }
}

package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Renewal;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What a node holds is given back in pieces: somebody who keeps one row locked does not keep all.
class HeldInPiecesIT extends StoreScene {
    private static final int MESSAGES = 2 * HeldRows.PIECE + HeldRows.PIECE / 2;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    private static final String LOCK_LAST =
            """
            SELECT message_id
            FROM message_queue
            WHERE owner = :node
            ORDER BY message_id DESC
            LIMIT 1
            FOR UPDATE
            """;

    private static final String HELD = "SELECT count(*) FROM message_queue WHERE owner = :node";

    private int held(NodeId by) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(HELD)
                                .bind("node", by.value())
                                .mapTo(Integer.class)
                                .one());
    }

    private List<Claim> claimAll(NodeId by) {
        stored(trigger().recipients(MESSAGES));
        List<Claim> claims = claims(claim(by, List.of(campaign), MESSAGES, now));
        assertThat(claims).hasSize(MESSAGES);
        return claims;
    }

    /// What the work comes to, while somebody keeps the last row until the work waits for it.
    private <T> T whileOneIsLocked(NodeId by, Callable<T> work)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<T> result =
                    STORE.database()
                            .store()
                            .inTransaction(handle -> {
                                handle.createQuery(LOCK_LAST)
                                        .bind("node", by.value())
                                        .mapTo(String.class)
                                        .one();
                                Future<T> begun = threads.submit(work);
                                LockWaits.await(STORE.database());
                                assertThat(held(by)).isLessThanOrEqualTo(MESSAGES - HeldRows.PIECE);
                                return begun;
                            });
            return result.get();
        }
    }

    @Test
    void whenItMayHaveStrayed() throws InterruptedException, ExecutionException {
        claimAll(node);

        assertThat(whileOneIsLocked(node, () -> store().queue().releaseAll(node, now)))
                .isEqualTo(MESSAGES);
        assertThat(held(node)).isZero();
    }

    @Test
    void whenItsNodeEnds() throws InterruptedException, ExecutionException {
        NodeId ending = store().nodes().register(Duration.ofHours(1));
        claimAll(ending);

        whileOneIsLocked(
                ending,
                () -> {
                    store().nodes().retire(ending);
                    return true;
                });

        assertThat(held(ending)).isZero();
    }

    @Test
    void whenItsNodeWasTakenForDead() throws InterruptedException, ExecutionException {
        NodeId late = store().nodes().register(Duration.ofHours(1));
        List<Claim> claims = claimAll(late);
        assertThat(takenForDead(late)).isEqualTo(1);

        Renewal renewal =
                whileOneIsLocked(late, () -> store().nodes().renew(late, Duration.ofHours(1)));

        assertThat(renewal).isEqualTo(Renewal.TAKEN_FOR_DEAD);
        assertThat(held(late)).isZero();
        assertThat(store().queue().held(late, claims)).isEmpty();
    }

    private static int takenForDead(NodeId late) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate(
                                        "UPDATE node SET dead = true, look_time = 'infinity'"
                                                + " WHERE node_id = :node")
                                .bind("node", late.value())
                                .execute());
    }
}

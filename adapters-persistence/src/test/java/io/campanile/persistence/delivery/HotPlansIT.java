package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Recording;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.persistence.Database;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The statements of delivery touch the rows they are about, however long the queue has become
/// since they were planned.
class HotPlansIT extends StoreScene {
    private static final int BATCH = 10;
    private static final int MOST_READS_FOR_A_MESSAGE = 10;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final int PIECE = 100;

    private Database database;
    private JdbiMessageQueue queue;
    private JdbiNodes nodes;

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    /// One connection, so that every statement keeps the plan it got for an empty queue.
    @BeforeEach
    void openOneConnection() {
        database = new Database(STORE.settings("plans", 1, 1));
        queue = new JdbiMessageQueue(database.hot(), PIECE);
        nodes = new JdbiNodes(database.hot());
        database.store().inStatement(handle -> handle.execute("VACUUM ANALYZE message_queue"));
    }

    @AfterEach
    void closeIt() {
        database.close();
    }

    @Test
    void findDueCampaigns() {
        readsLittle(_ -> {}, _ -> queue.dueCampaigns(now));
    }

    @Test
    void claims() {
        readsLittle(claims -> queue.release(node, claims, now), _ -> claimWithPlan());
    }

    @Test
    void marks() {
        readsLittle(_ -> {}, this::mark);
    }

    private void mark(List<Claim> claims) {
        queue.mark(node, terms(), markings(claims), now);
    }

    @Test
    void releases() {
        readsLittle(_ -> {}, claims -> queue.release(node, claims, now));
    }

    @Test
    void settles() {
        readsLittle(this::mark, claims -> record(claims, new MessageState.Sent(now)));
    }

    @Test
    void defers() {
        readsLittle(
                this::mark,
                claims -> record(claims, new MessageState.Deferred(now, Reason.PROVIDER_BUSY)));
    }

    @Test
    void giveBackAllThatANodeHolds() {
        readsLittle(_ -> {}, _ -> queue.releaseAll(node, now));
    }

    @Test
    void retire() {
        readsLittle(_ -> {}, _ -> nodes.retire(node));
    }

    @Test
    void takeOverFromTheDead() {
        stored(trigger());
        claimByDeadNode(1);
        assertThat(nodes.reapDead(node, BATCH)).isEqualTo(1);

        fillQueue();
        claimByDeadNode(BATCH);
        long read = readBy(() -> assertThat(nodes.reapDead(node, BATCH)).isEqualTo(BATCH));

        assertThat(read).isBetween(1L, (long) BATCH * MOST_READS_FOR_A_MESSAGE);
    }

    private void claimByDeadNode(int messages) {
        NodeId dead = nodes.register(Duration.ofSeconds(-1));
        assertThat(claim(dead, List.of(campaign), messages, now)).hasSize(messages);
    }

    /// Each is read twice: where a piece ends, and what is in it.
    @Test
    void lookForWhatHasExpiredPieceByPiece() {
        while (queue.expireHeld(BATCH, now) > 0) {}
        int expired = 2 * PIECE + PIECE / 2;
        stored(trigger().recipients(expired).expireTime(now.minusSeconds(1)));
        fillQueue();
        long rows = rowsIn();

        long read = readBy(() -> assertThat(queue.expireHeld(BATCH, now)).isEqualTo(expired));

        assertThat(read).isBetween(rows, 2 * rows + (long) expired * MOST_READS_FOR_A_MESSAGE);
    }

    private long rowsIn() {
        return database.store()
                .inStatement(handle ->
                        handle.createQuery("SELECT count(*) FROM message_queue")
                                .mapTo(Long.class)
                                .one());
    }

    private void record(List<Claim> claims, MessageState state) {
        List<Recording> recordings = claims.stream().map(claim -> recording(claim, state)).toList();
        queue.record(recordings);
    }

    private List<Claim> claimWithPlan() {
        return claims(
                queue.claim(
                        node,
                        Lane.TRANSACTIONAL,
                        configuration,
                        List.of(campaign),
                        BATCH,
                        leaseEnd,
                        now));
    }

    /// @param prepare what comes before, uncounted
    private void readsLittle(Consumer<List<Claim>> prepare, Consumer<List<Claim>> action) {
        stored(trigger().recipients(1));
        List<Claim> alone = claimWithPlan();
        prepare.accept(alone);
        action.accept(alone);

        fillQueue();
        List<Claim> batch = claimWithPlan();
        assertThat(batch).hasSize(BATCH);
        prepare.accept(batch);
        long read = readBy(() -> action.accept(batch));

        assertThat(read).isBetween(1L, (long) BATCH * MOST_READS_FOR_A_MESSAGE);
    }

    private long readBy(Runnable action) {
        return RowsRead.by(database.hot(), "message_queue", action);
    }
}

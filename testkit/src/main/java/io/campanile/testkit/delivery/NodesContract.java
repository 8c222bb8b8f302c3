package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageState;
import io.campanile.testkit.message.StoreScene;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What every [Nodes] must do.
public abstract class NodesContract extends StoreScene {
    private static final Duration HOUR = Duration.ofHours(1);

    private Nodes nodes() {
        return store().nodes();
    }

    /// Later than anything a test makes due on the database's clock.
    private Instant afterReaping() {
        return nodes().databaseTime().plusSeconds(5);
    }

    private NodeId deadNode() {
        return nodes().register(Duration.ofMillis(-1));
    }

    private void reapAll() {
        while (nodes().reapDead(100) > 0) {}
    }

    @Test
    void givesEveryNodeAnIdOfItsOwn() {
        assertThat(nodes().register(HOUR)).isNotEqualTo(nodes().register(HOUR));
    }

    @Test
    void renewsTheLeaseOfALivingNode() {
        NodeId renewed = nodes().register(Duration.ofMillis(-1));

        assertThat(nodes().renew(renewed, HOUR)).isTrue();
        reapAll();
        assertThat(nodes().renew(renewed, HOUR)).isTrue();
    }

    @Test
    void tellsANodeThatItWasTakenForDead() {
        NodeId dead = deadNode();
        reapAll();

        assertThat(nodes().renew(dead, HOUR)).isFalse();
        assertThat(nodes().renew(dead, HOUR)).isTrue();
    }

    @Test
    void releasesWhatADeadNodeHeldUnderTheNextEpoch() {
        NodeId dead = deadNode();
        stored(trigger());
        Claim lost = claims(claim(dead, now)).getFirst();

        reapAll();

        ClaimedMessage again = claim(node, afterReaping()).getFirst();
        assertThat(again.claim().message()).isEqualTo(lost.message());
        assertThat(again.claim().epoch()).isEqualTo(new ClaimEpoch(3));
        assertThat(again.inDoubt()).isFalse();
        assertThat(store().queue().mark(dead, configuration, List.of(lost), now).marked())
                .isEmpty();
    }

    @Test
    void keepsMarkedMessagesOfADeadNodeInDoubt() {
        NodeId dead = deadNode();
        stored(trigger());
        List<Claim> lost = claims(claim(dead, now));
        store().queue().mark(dead, configuration, lost, now);

        reapAll();

        assertThat(
                        store().queue()
                                .record(
                                        List.of(
                                                recording(
                                                        lost.getFirst(),
                                                        new MessageState.Sent(now)))))
                .isEmpty();
        assertThat(claim(node, afterReaping()).getFirst().inDoubt()).isTrue();
    }

    @Test
    void leavesTheMessagesOfLivingNodesAlone() {
        stored(trigger());
        claim(node, now);

        reapAll();

        assertThat(claim(node, now)).isEmpty();
    }

    @Test
    void reapsInChunks() {
        NodeId dead = deadNode();
        stored(trigger().recipients(5));
        claim(dead, now);

        assertThat(nodes().reapDead(3)).isBetween(1, 3);
        reapAll();

        assertThat(claim(node, afterReaping())).hasSize(5);
    }

    @Test
    void releasesWhatARetiringNodeDidNotMark() {
        stored(trigger());
        List<Claim> marked = marked();
        stored(trigger());
        claim(node, now);

        nodes().retire(node);

        NodeId other = nodes().register(HOUR);
        List<ClaimedMessage> released =
                claim(other, now.isAfter(afterReaping()) ? now : afterReaping());
        assertThat(released).hasSize(1);
        assertThat(released.getFirst().claim().message()).isNotEqualTo(marked.getFirst().message());
    }

    @Test
    void endsTheLeasesOfAllOthers() {
        NodeId other = nodes().register(HOUR);
        stored(trigger());
        claim(other, now);

        nodes().endOtherLeases(node);
        reapAll();

        assertThat(claim(node, afterReaping())).hasSize(1);
        assertThat(nodes().renew(node, HOUR)).isTrue();
    }
}

package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.Renewal;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageState;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.time.Patience;

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
        while (nodes().reapDead(node, 100) > 0) {}
    }

    @Test
    void givesEveryNodeAnIdOfItsOwn() {
        assertThat(nodes().register(HOUR)).isNotEqualTo(nodes().register(HOUR));
    }

    @Test
    void renewsTheLeaseOfALivingNode() {
        NodeId renewed = nodes().register(Duration.ofMillis(-1));

        assertThat(nodes().renew(renewed, HOUR)).isEqualTo(Renewal.LATE);
        reapAll();
        assertThat(nodes().renew(renewed, HOUR)).isEqualTo(Renewal.IN_TIME);
    }

    @Test
    void tellsANodeThatItWasTakenForDead() {
        NodeId dead = deadNode();
        reapAll();

        assertThat(nodes().renew(dead, HOUR)).isEqualTo(Renewal.TAKEN_FOR_DEAD);
        assertThat(nodes().renew(dead, HOUR)).isEqualTo(Renewal.IN_TIME);
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
        assertThat(mark(dead, List.of(lost)).marked()).isEmpty();
    }

    @Test
    void keepsMarkedMessagesOfADeadNodeInDoubt() {
        NodeId dead = deadNode();
        stored(trigger());
        List<Claim> lost = claims(claim(dead, now));
        mark(dead, lost);

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
    void marksNothingForANodeThatWasTakenForDead() {
        NodeId dead = deadNode();
        reapAll();
        stored(trigger());
        List<Claim> claims = claims(claim(dead, now));

        assertThat(mark(dead, claims).marked()).isEmpty();

        assertThat(claim(node, now)).hasSize(1);
        nodes().renew(dead, HOUR);
        stored(trigger());
        assertThat(mark(dead, claims(claim(dead, now))).marked()).hasSize(1);
    }

    @Test
    void leavesTheMessagesOfLivingNodesAlone() {
        stored(trigger());
        claim(node, now);

        reapAll();

        assertThat(claim(node, now)).isEmpty();
    }

    @Test
    void takesNobodyForDeadWhileItsOwnLeaseHasRunOut() {
        NodeId other = nodes().register(Duration.ofMillis(-1));
        NodeId frozen = deadNode();

        assertThat(nodes().reapDead(frozen, 100)).isZero();

        assertThat(nodes().renew(other, HOUR)).isEqualTo(Renewal.LATE);
        assertThat(nodes().renew(frozen, HOUR)).isEqualTo(Renewal.LATE);
    }

    @Test
    void reapsInChunks() {
        NodeId dead = deadNode();
        stored(trigger().recipients(5));
        claim(dead, now);

        assertThat(nodes().reapDead(node, 3)).isBetween(1, 3);
        reapAll();

        assertThat(claim(node, afterReaping())).hasSize(5);
    }

    @Test
    void findsWhatANodeClaimsAfterItWasTakenForDead() {
        NodeId frozen = deadNode();
        reapAll();
        stored(trigger());
        claim(frozen, now);

        Patience.await().until(() -> nodes().reapDead(node, 100) > 0);

        assertThat(claim(node, afterReaping())).hasSize(1);
    }

    @Test
    void looksRarelyForWhatALongDeadNodeHolds() {
        NodeId longDead = nodes().register(HOUR.negated());
        reapAll();
        stored(trigger());
        claim(longDead, now);

        assertThat(nodes().reapDead(node, 100)).isZero();

        assertThat(claim(node, afterReaping())).isEmpty();
    }

    @Test
    void looksAtOnceWhenANodeDiesThatWasDeadBefore() {
        NodeId diesTwice = nodes().register(HOUR.negated());
        reapAll();
        nodes().renew(diesTwice, HOUR.negated());
        stored(trigger());
        claim(diesTwice, now);

        reapAll();

        assertThat(claim(node, afterReaping())).hasSize(1);
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
        assertThat(nodes().renew(node, HOUR)).isEqualTo(Renewal.IN_TIME);
    }
}

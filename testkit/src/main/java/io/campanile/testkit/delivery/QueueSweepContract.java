package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.MarkResult;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.testkit.message.StoreScene;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// What every [MessageQueue] must do with messages that nobody is about to deliver.
public abstract class QueueSweepContract extends StoreScene {
    private final MessageState sent = new MessageState.Sent(now);

    private MessageQueue queue() {
        return store().queue();
    }

    /// Marked by a node that died then.
    private Claim lostInHandOver() {
        NodeId dying = store().nodes().register(Duration.ofMillis(-1));
        Claim claim = claims(claim(dying, now)).getFirst();
        mark(dying, List.of(claim));
        while (store().nodes().reapDead(node, 100) > 0) {}
        return claim;
    }

    /// By the clock of the store.
    private Instant afterReaping() {
        return store().nodes().databaseTime();
    }

    @Nested
    class WhenReleasing {
        @Test
        void makesMessagesDueAgainWithoutCountingAgainstThem() {
            stored(trigger());
            queue().release(node, claims(claim(node, now)), now.plusSeconds(3));

            assertThat(claim(node, now)).isEmpty();
            ClaimedMessage again = claim(node, now.plusSeconds(3)).getFirst();
            assertThat(again.history().claimsWithoutMark()).isEqualTo(1);
            assertThat(again.claim().epoch()).isEqualTo(new ClaimEpoch(2));
        }

        @Test
        void leavesToTheNodeWhatItClaimedAnew() {
            stored(trigger());
            List<Claim> former = claims(claim(node, now));
            List<Claim> second = claims(claim(node, leaseEnd));

            queue().release(node, former, now);

            assertThat(queue().held(node, former)).isEmpty();
            assertThat(mark(node, second).marked()).containsExactly(second.getFirst().message());
        }

        @Test
        void takesThemInAnyOrder() {
            stored(trigger().recipients(3));
            List<Claim> claims =
                    claims(claim(node, now)).stream()
                            .sorted(Comparator.comparing(Claim::message).reversed())
                            .toList();

            queue().release(node, claims, now);

            assertThat(claim(node, now)).hasSize(3);
        }

        @Test
        void leavesMarkedMessagesAlone() {
            stored(trigger());
            List<Claim> claims = marked();

            queue().release(node, claims, now);

            assertThat(claim(node, now)).isEmpty();
            assertThat(queue().record(List.of(recording(claims.getFirst(), sent)))).hasSize(1);
        }
    }

    @Nested
    class WhenReleasingAll {
        @Test
        void givesBackWhatTheNodeDidNotMark() {
            stored(trigger());
            List<Claim> marked = marked();
            stored(trigger());
            List<Claim> held = claims(claim(node, now));

            assertThat(queue().releaseAll(node, now)).isEqualTo(1);

            assertThat(mark(node, held)).isEqualTo(MarkResult.NONE);
            assertThat(claim(node, now)).hasSize(1);
            assertThat(queue().record(List.of(recording(marked.getFirst(), sent)))).hasSize(1);
        }

        @Test
        void leavesOtherNodesAlone() {
            stored(trigger());
            claim(node, now);

            queue().releaseAll(store().nodes().register(Duration.ofHours(1)), now);

            assertThat(claim(node, now)).isEmpty();
        }
    }

    @Nested
    class WhenCancelling {
        @ParameterizedTest
        @EnumSource(Lane.class)
        void takesTheMessagesOfEveryLane(Lane lane) {
            NewExecution waiting = stored(trigger().lane(lane));
            control(false, Delivery.CANCEL);

            while (queue().cancelStopped(100, now) > 0) {}

            assertThat(stateOf(ids(waiting).getFirst())).isEqualTo(Kind.CANCELLED);
        }

        @Test
        void settlesWhatIsNotInHandOver() {
            NewExecution waiting = stored(trigger().dueTime(now.plusSeconds(60)));
            stored(trigger());
            Claim sending = marked().getFirst();
            control(false, Delivery.CANCEL);

            while (queue().cancelStopped(100, now) > 0) {}

            assertThat(stateOf(ids(waiting).getFirst())).isEqualTo(Kind.CANCELLED);
            assertThat(stateOf(sending.message())).isEqualTo(Kind.SENDING);
            assertThat(queue().record(List.of(recording(sending, sent)))).hasSize(1);
        }

        @Test
        void callsUnknownWhatWasInHandOverWhenItsOwnerDied() {
            stored(trigger());
            Claim inDoubt = lostInHandOver();
            control(false, Delivery.CANCEL);

            while (queue().cancelStopped(100, now) > 0) {}

            assertThat(stateOf(inDoubt.message())).isEqualTo(Kind.UNKNOWN);
        }

        @Test
        void callsUnknownWhatSomebodyClaimedInDoubtAndLost() {
            stored(trigger());
            Claim inDoubt = lostInHandOver();
            claim(node, afterReaping());
            control(false, Delivery.CANCEL);
            assertThat(queue().cancelStopped(100, now)).isZero();

            while (queue().cancelStopped(100, leaseEnd) > 0) {}

            assertThat(stateOf(inDoubt.message())).isEqualTo(Kind.UNKNOWN);
        }

        @Test
        void worksInChunks() {
            stored(trigger().recipients(5));
            control(false, Delivery.CANCEL);

            assertThat(queue().cancelStopped(3, now)).isBetween(1, 3);
            assertThat(queue().cancelStopped(3, now)).isBetween(1, 3);
        }

        @Test
        void takesClaimsAway() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));
            control(false, Delivery.CANCEL);
            while (queue().cancelStopped(100, now) > 0) {}

            assertThat(mark(node, claims)).isEqualTo(MarkResult.NONE);
            assertThat(queue().record(List.of(recording(claims.getFirst(), sent)))).isEmpty();
        }
    }

    @Nested
    class WhenMessagesExpire {
        @Test
        void settlesThoseNobodyHolds() {
            NewExecution expired = stored(trigger().expireTime(now.minusSeconds(1)));
            NewExecution alive = stored(trigger());

            while (queue().expireHeld(100, now) > 0) {}

            assertThat(stateOf(ids(expired).getFirst())).isEqualTo(Kind.EXPIRED);
            assertThat(stateOf(ids(alive).getFirst())).isEqualTo(Kind.ACCEPTED);
        }

        @Test
        void callsUnknownWhatWasInHandOverWhenItsOwnerDied() {
            stored(trigger().expireTime(now.plusSeconds(1)));
            Claim inDoubt = lostInHandOver();

            while (queue().expireHeld(100, now.plusSeconds(1)) > 0) {}

            assertThat(stateOf(inDoubt.message())).isEqualTo(Kind.UNKNOWN);
        }

        @Test
        void callsUnknownWhatSomebodyClaimedInDoubtAndLost() {
            stored(trigger().expireTime(now.plusSeconds(1)));
            Claim inDoubt = lostInHandOver();
            claim(node, afterReaping());
            control(true, Delivery.HOLD);

            while (queue().expireHeld(100, leaseEnd) > 0) {}

            assertThat(stateOf(inDoubt.message())).isEqualTo(Kind.UNKNOWN);
        }

        @Test
        void leavesClaimedOnesToTheirOwner() {
            NewExecution execution = stored(trigger().expireTime(now.minusSeconds(1)));
            claim(node, now);

            while (queue().expireHeld(100, now) > 0) {}

            assertThat(stateOf(ids(execution).getFirst())).isEqualTo(Kind.ACCEPTED);
        }
    }
}

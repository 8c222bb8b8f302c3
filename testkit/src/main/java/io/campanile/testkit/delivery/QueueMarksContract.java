package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.MarkResult;
import io.campanile.application.delivery.port.MarkTerms;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.testkit.message.StoreScene;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What every [MessageQueue] must do when messages are marked.
public abstract class QueueMarksContract extends StoreScene {
    private final MessageState sent = new MessageState.Sent(now);

    private MessageQueue queue() {
        return store().queue();
    }

    @Test
    void movesMessagesToSending() {
        NewExecution execution = stored(trigger().recipients(3));
        List<Claim> claims = claims(claim(node, now));

        MarkResult result = mark(node, claims);

        assertThat(result.marked()).containsExactlyInAnyOrderElementsOf(ids(execution));
        assertThat(queue().held(node, claims)).isEqualTo(result.marked());
        assertThat(ids(execution))
                .allSatisfy(id -> assertThat(stateOf(id)).isEqualTo(Kind.SENDING));
    }

    @Test
    void marksWhatTheAcceptingNodeKept() {
        NewExecution execution = stored(trigger().kept(leaseEnd));
        List<Claim> kept = List.of(new Claim(ids(execution).getFirst(), ClaimEpoch.FIRST));

        assertThat(mark(node, kept).marked()).hasSize(1);
    }

    @Test
    void ignoresClaimsThatWereLost() {
        stored(trigger());
        List<Claim> lost = claims(claim(node, now));
        NodeId other = store().nodes().register(Duration.ofHours(1));
        claim(other, leaseEnd);

        MarkResult result = mark(node, lost);

        assertThat(result).isEqualTo(MarkResult.NONE);
    }

    /// Both copies are in its memory: the mail would go out twice.
    @Test
    void ignoresItsOwnFormerClaim() {
        stored(trigger());
        List<Claim> former = claims(claim(node, now));
        List<Claim> second = claims(claim(node, leaseEnd));

        assertThat(mark(node, former)).isEqualTo(MarkResult.NONE);
        assertThat(mark(node, second).marked()).containsExactly(second.getFirst().message());
    }

    @Test
    void ignoresAnotherNodesClaim() {
        stored(trigger());
        List<Claim> claims = claims(claim(node, now));
        NodeId other = store().nodes().register(Duration.ofHours(1));

        assertThat(mark(other, claims)).isEqualTo(MarkResult.NONE);
    }

    @Test
    void givesMessagesBackWhileTheCampaignHolds() {
        stored(trigger());
        List<Claim> claims = claims(claim(node, now));
        control(true, Delivery.HOLD);

        MarkResult result = mark(node, claims);

        assertThat(result.marked()).isEmpty();
        assertThat(queue().held(node, claims)).isEmpty();
        assertThat(stateOf(claims.getFirst().message())).isEqualTo(Kind.ACCEPTED);
        ClaimedMessage again = claim(node, now).getFirst();
        assertThat(again.history().claimsWithoutMark()).isEqualTo(1);
    }

    @Test
    void givesMessagesBackWhileTheChannelConfigurationIsPaused() {
        stored(trigger());
        List<Claim> claims = claims(claim(node, now));
        store().configuration(configuration, ChannelConfiguration.State.PAUSED, VERSION);

        MarkResult result = mark(node, claims);

        assertThat(result.marked()).isEmpty();
        assertThat(queue().held(node, claims)).isEmpty();
        assertThat(result.isOutdated()).isTrue();
    }

    @Test
    void givesMessagesBackThatAnotherVersionOfTheChannelConfigurationIsToSend() {
        stored(trigger());
        List<Claim> claims = claims(claim(node, now));
        store().configuration(configuration, ChannelConfiguration.State.ACTIVE, VERSION + 1);

        MarkResult result = mark(node, claims);

        assertThat(result.marked()).isEmpty();
        assertThat(queue().held(node, claims)).isEmpty();
        assertThat(result.isOutdated()).isTrue();
        ClaimedMessage again = claim(node, now).getFirst();
        assertThat(again.history().claimsWithoutMark()).isEqualTo(1);
        var newTerms = new MarkTerms(configuration, VERSION + 1, now.plusSeconds(1), false);
        assertThat(queue().mark(node, newTerms, markings(List.of(again.claim())), now).marked())
                .hasSize(1);
    }

    @Test
    void marksOnlyTheCampaignsThatDeliver() {
        stored(trigger());
        List<Claim> stopped = claims(claim(node, now));
        control(false, Delivery.CANCEL);
        campaign = addCampaign();
        stored(trigger());
        List<Claim> live = claims(claim(node, now));

        List<Claim> both = List.of(stopped.getFirst(), live.getFirst());
        Set<MessageId> delivered = Set.of(live.getFirst().message());

        assertThat(mark(node, both)).isEqualTo(new MarkResult(delivered, false));
        assertThat(queue().held(node, both)).isEqualTo(delivered);
    }

    @Nested
    class WhenMarkingLate {
        @Test
        void givesBackWhatHasExpired() {
            stored(trigger().expireTime(now));
            List<Claim> claims = claims(claim(node, now));

            assertThat(mark(node, claims).marked()).isEmpty();
            assertThat(queue().held(node, claims)).isEmpty();
            assertThat(stateOf(claims.getFirst().message())).isEqualTo(Kind.ACCEPTED);
        }

        @Test
        void givesBackWhatTheClaimDoesNotOutlast() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));

            MarkResult result =
                    queue().mark(node, terms(leaseEnd.plusMillis(1)), markings(claims), now);

            assertThat(result.marked()).isEmpty();
            assertThat(queue().held(node, claims)).isEmpty();
        }
    }

    @Nested
    class WhenMarkingAgain {
        @Test
        void countsTheAttemptOnce() {
            stored(trigger());
            List<Claim> claims = marked();

            assertThat(again(claims).marked()).containsExactly(claims.getFirst().message());

            assertThat(claim(node, leaseEnd).getFirst().tries().attempts()).isEqualTo(1);
        }

        @Test
        void keepsWhatWasMarkedBeforeAPause() {
            stored(trigger());
            List<Claim> claims = marked();
            control(true, Delivery.HOLD);

            assertThat(again(claims).marked()).containsExactly(claims.getFirst().message());

            assertThat(queue().record(List.of(recording(claims.getFirst(), sent)))).hasSize(1);
        }

        @Test
        void keepsWhatWasMarkedBeforeTheChannelConfigurationChanged() {
            stored(trigger());
            List<Claim> claims = marked();
            store().configuration(configuration, ChannelConfiguration.State.ACTIVE, VERSION + 1);

            assertThat(again(claims).marked()).containsExactly(claims.getFirst().message());
        }

        @Test
        void marksWhatWasNotMarkedBefore() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));

            assertThat(again(claims).marked()).containsExactly(claims.getFirst().message());
        }

        private MarkResult again(List<Claim> claims) {
            return queue().mark(node, termsAgain(), markings(claims), now);
        }
    }
}

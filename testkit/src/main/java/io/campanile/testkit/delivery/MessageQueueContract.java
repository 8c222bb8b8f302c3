package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.MarkResult;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What every [MessageQueue] must do.
public abstract class MessageQueueContract extends StoreScene {
    private final MessageState sent = new MessageState.Sent(now);

    private MessageQueue queue() {
        return store().queue();
    }

    @Nested
    class WhenClaiming {
        @Test
        void givesAMessageWithAllThatWasStored() {
            SealedSecret secret = new SealedSecret("k1", new byte[] {1, 2});
            NewExecution execution = stored(trigger().sensitive(secret));

            ClaimedMessage claimed = claim(node, now).getFirst();

            assertThat(claimed)
                    .usingRecursiveComparison()
                    .isEqualTo(
                            new ClaimedMessage(
                                    new Claim(ids(execution).getFirst(), ClaimEpoch.FIRST),
                                    execution.id(),
                                    campaign,
                                    1,
                                    Lane.TRANSACTIONAL,
                                    execution.messages().getFirst().address(),
                                    execution.messages().getFirst().payload(),
                                    secret,
                                    execution.expireTime(),
                                    0,
                                    1,
                                    false));
        }

        @Test
        void hidesAMessageUntilTheLeaseRunsOut() {
            stored(trigger());

            assertThat(claim(node, now)).hasSize(1);
            assertThat(claim(node, now)).isEmpty();
            assertThat(claim(node, leaseEnd)).hasSize(1);
        }

        @Test
        void raisesTheEpochAndCountsClaimsThatWereNotMarked() {
            stored(trigger());
            claim(node, now);

            ClaimedMessage second = claim(node, leaseEnd).getFirst();

            assertThat(second.claim().epoch()).isEqualTo(new ClaimEpoch(2));
            assertThat(second.claimsWithoutMark()).isEqualTo(2);
            assertThat(second.inDoubt()).isFalse();
        }

        @Test
        void saysWhichMessagesAreInDoubt() {
            stored(trigger());
            marked();

            ClaimedMessage second = claim(node, leaseEnd).getFirst();

            assertThat(second.inDoubt()).isTrue();
            assertThat(second.attempts()).isEqualTo(1);
            assertThat(second.claimsWithoutMark()).isEqualTo(1);
        }

        @Test
        void takesTheLongestDueOfEachCampaignFirst() {
            NewExecution late = stored(trigger().dueTime(now.minusSeconds(1)));
            NewExecution early = stored(trigger().dueTime(now.minusSeconds(9)));
            CampaignId other = addCampaign();
            NewExecution others = stored(Triggers.trigger(other, now));

            List<ClaimedMessage> claimed =
                    queue().claim(
                                    node,
                                    Lane.TRANSACTIONAL,
                                    List.of(campaign, other),
                                    1,
                                    leaseEnd,
                                    now);

            assertThat(claimed)
                    .extracting(ClaimedMessage::execution)
                    .containsExactlyInAnyOrder(early.id(), others.id())
                    .doesNotContain(late.id());
        }

        @Test
        void looksAtOneLaneOnly() {
            stored(trigger().lane(Lane.MARKETING));

            assertThat(claim(node, now)).isEmpty();
            assertThat(queue().dueCampaigns(Lane.MARKETING, now)).contains(campaign);
            assertThat(queue().dueCampaigns(Lane.TRANSACTIONAL, now)).doesNotContain(campaign);
        }

        @Test
        void namesCampaignsWithDueMessagesThatMayBeDelivered() {
            stored(trigger().dueTime(now.plusSeconds(5)));

            assertThat(queue().dueCampaigns(Lane.TRANSACTIONAL, now)).doesNotContain(campaign);
            assertThat(queue().dueCampaigns(Lane.TRANSACTIONAL, now.plusSeconds(5)))
                    .contains(campaign);

            control(true, Delivery.HOLD);
            assertThat(queue().dueCampaigns(Lane.TRANSACTIONAL, now.plusSeconds(5)))
                    .doesNotContain(campaign);
        }
    }

    @Nested
    class WhenMarking {
        @Test
        void movesMessagesToSending() {
            NewExecution execution = stored(trigger().recipients(3));
            List<Claim> claims = claims(claim(node, now));

            MarkResult result = queue().mark(node, configuration, claims, now);

            assertThat(result.marked()).containsExactlyInAnyOrderElementsOf(ids(execution));
            assertThat(result.released()).isEmpty();
            assertThat(ids(execution))
                    .allSatisfy(id -> assertThat(stateOf(id)).isEqualTo(Kind.SENDING));
        }

        @Test
        void marksWhatTheAcceptingNodeKept() {
            NewExecution execution = stored(trigger().kept(leaseEnd));
            List<Claim> kept = List.of(new Claim(ids(execution).getFirst(), ClaimEpoch.FIRST));

            assertThat(queue().mark(node, configuration, kept, now).marked()).hasSize(1);
        }

        @Test
        void ignoresClaimsThatWereLost() {
            stored(trigger());
            List<Claim> lost = claims(claim(node, now));
            NodeId other = store().nodes().register(Duration.ofHours(1));
            claim(other, leaseEnd);

            MarkResult result = queue().mark(node, configuration, lost, now);

            assertThat(result).isEqualTo(new MarkResult(Set.of(), Set.of()));
        }

        @Test
        void ignoresAnotherNodesClaim() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));
            NodeId other = store().nodes().register(Duration.ofHours(1));

            assertThat(queue().mark(other, configuration, claims, now))
                    .isEqualTo(new MarkResult(Set.of(), Set.of()));
        }

        @Test
        void givesMessagesBackWhileTheCampaignHolds() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));
            control(true, Delivery.HOLD);

            MarkResult result = queue().mark(node, configuration, claims, now);

            assertThat(result.marked()).isEmpty();
            assertThat(result.released()).containsExactly(claims.getFirst().message());
            assertThat(stateOf(claims.getFirst().message())).isEqualTo(Kind.ACCEPTED);
            ClaimedMessage again = claim(node, now).getFirst();
            assertThat(again.claimsWithoutMark()).isEqualTo(1);
        }

        @Test
        void givesMessagesBackWhileTheChannelConfigurationIsPaused() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));
            store().configuration(configuration, ChannelConfiguration.State.PAUSED);

            MarkResult result = queue().mark(node, configuration, claims, now);

            assertThat(result.marked()).isEmpty();
            assertThat(result.released()).hasSize(1);
        }

        @Test
        void marksOnlyTheCampaignsThatDeliver() {
            stored(trigger());
            List<Claim> stopped = claims(claim(node, now));
            control(false, Delivery.CANCEL);
            campaign = addCampaign();
            stored(trigger());
            List<Claim> live = claims(claim(node, now));

            MarkResult result =
                    queue().mark(
                                    node,
                                    configuration,
                                    List.of(stopped.getFirst(), live.getFirst()),
                                    now);

            assertThat(result)
                    .isEqualTo(
                            new MarkResult(
                                    Set.of(live.getFirst().message()),
                                    Set.of(stopped.getFirst().message())));
        }
    }

    @Nested
    class WhenRecording {
        @Test
        void settlesAMessageForGood() {
            NewExecution execution =
                    stored(trigger().sensitive(new SealedSecret("k1", new byte[] {1})));
            Claim claim = marked().getFirst();

            assertThat(queue().record(List.of(recording(claim, sent))))
                    .containsExactly(claim.message());

            assertThat(stateOf(claim.message())).isEqualTo(Kind.SENT);
            assertThat(claim(node, leaseEnd)).isEmpty();
            assertThat(store().settledStates().settledAmong(ids(execution)))
                    .containsEntry(claim.message(), sent);
        }

        @Test
        void defersAMessageWithoutAnOwner() {
            stored(trigger());
            Claim claim = marked().getFirst();
            var later = new MessageState.Deferred(now.plusSeconds(9), Reason.PROVIDER_BUSY);

            queue().record(List.of(recording(claim, later)));

            assertThat(stateOf(claim.message())).isEqualTo(Kind.DEFERRED);
            assertThat(claim(node, now)).isEmpty();
            ClaimedMessage next = claim(node, now.plusSeconds(9)).getFirst();
            assertThat(next.attempts()).isEqualTo(1);
            assertThat(next.claimsWithoutMark()).isEqualTo(1);
            assertThat(next.inDoubt()).isFalse();
        }

        @Test
        void recordsSettledAndDeferredTogether() {
            stored(trigger().recipients(2));
            List<Claim> claims = marked();
            var later = new MessageState.Deferred(now.plusSeconds(9), Reason.PROVIDER_BUSY);

            Set<MessageId> recorded =
                    queue().record(
                                    List.of(
                                            recording(claims.getFirst(), sent),
                                            recording(claims.getLast(), later)));

            assertThat(recorded).hasSize(2);
            assertThat(stateOf(claims.getFirst().message())).isEqualTo(Kind.SENT);
            assertThat(stateOf(claims.getLast().message())).isEqualTo(Kind.DEFERRED);
        }

        @Test
        void changesNothingOnceTheClaimWasLost() {
            stored(trigger());
            Claim lost = marked().getFirst();
            Claim current = claims(claim(node, leaseEnd)).getFirst();
            var later = new MessageState.Deferred(now.plusSeconds(9), Reason.PROVIDER_BUSY);

            assertThat(queue().record(List.of(recording(lost, sent)))).isEmpty();
            assertThat(queue().record(List.of(recording(lost, later)))).isEmpty();

            assertThat(stateOf(lost.message())).isEqualTo(Kind.SENDING);
            assertThat(queue().record(List.of(recording(current, sent)))).hasSize(1);
        }

        @Test
        void changesNothingTwice() {
            stored(trigger());
            Claim claim = marked().getFirst();
            queue().record(List.of(recording(claim, sent)));

            assertThat(queue().record(List.of(recording(claim, new MessageState.Unknown(now)))))
                    .isEmpty();
            assertThat(stateOf(claim.message())).isEqualTo(Kind.SENT);
        }

        @Test
        void refusesStatesThatNoAttemptLeadsTo() {
            stored(trigger());
            Claim claim = marked().getFirst();

            assertThatThrownBy(() ->
                            queue().record(List.of(recording(claim, new MessageState.Sending()))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class WhenReleasing {
        @Test
        void makesMessagesDueAgainWithoutCountingAgainstThem() {
            stored(trigger());
            queue().release(node, claims(claim(node, now)), now.plusSeconds(3));

            assertThat(claim(node, now)).isEmpty();
            ClaimedMessage again = claim(node, now.plusSeconds(3)).getFirst();
            assertThat(again.claimsWithoutMark()).isEqualTo(1);
            assertThat(again.claim().epoch()).isEqualTo(new ClaimEpoch(2));
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
    class WhenCancelling {
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

            assertThat(queue().mark(node, configuration, claims, now))
                    .isEqualTo(new MarkResult(Set.of(), Set.of()));
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
        void leavesClaimedOnesToTheirOwner() {
            NewExecution execution = stored(trigger().expireTime(now.minusSeconds(1)));
            claim(node, now);

            while (queue().expireHeld(100, now) > 0) {}

            assertThat(stateOf(ids(execution).getFirst())).isEqualTo(Kind.ACCEPTED);
        }
    }
}

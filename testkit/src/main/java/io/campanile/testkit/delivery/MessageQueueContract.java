package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.DueCampaign;
import io.campanile.application.delivery.port.MarkResult;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.ClaimHistory;
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
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What every [MessageQueue] must do.
public abstract class MessageQueueContract extends StoreScene {
    private final MessageState sent = new MessageState.Sent(now);

    private MessageQueue queue() {
        return store().queue();
    }

    private DueCampaign due() {
        return new DueCampaign(configuration, campaign);
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
                                    execution.messages().getFirst().identity(),
                                    "ada@example.com",
                                    execution.messages().getFirst().payload(),
                                    secret,
                                    execution.expireTime(),
                                    0,
                                    0,
                                    ClaimHistory.FRESH,
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
            assertThat(second.history().claimsWithoutMark()).isEqualTo(2);
            assertThat(second.inDoubt()).isFalse();
        }

        @Test
        void remembersLoneTriesOfAValidClaim() {
            stored(trigger());
            Claim first = claim(node, now).getFirst().claim();
            queue().noteLoneTry(node, first, 1);
            queue().noteLoneTry(node, first, 1);

            ClaimedMessage second = claim(node, leaseEnd).getFirst();
            queue().noteLoneTry(node, first, 9);
            queue().release(node, List.of(second.claim()), leaseEnd);

            assertThat(second.history()).isEqualTo(new ClaimHistory(2, 1));
            assertThat(claim(node, leaseEnd).getFirst().history().loneTries()).isZero();
        }

        @Test
        void saysWhichMessagesAreInDoubt() {
            stored(trigger());
            marked();

            ClaimedMessage second = claim(node, leaseEnd).getFirst();

            assertThat(second.inDoubt()).isTrue();
            assertThat(second.attempts()).isEqualTo(1);
            assertThat(second.history().claimsWithoutMark()).isEqualTo(1);
        }

        @Test
        void countsTheAttemptsAfterWhichNobodyKnewWhatTheProviderTook() {
            stored(trigger());
            attempted(Reason.OUTCOME_UNKNOWN);
            attempted(Reason.PROVIDER_BUSY);
            attempted(Reason.OUTCOME_UNKNOWN);

            ClaimedMessage next = claim(node, now).getFirst();

            assertThat(next.attempts()).isEqualTo(3);
            assertThat(next.doubts()).isEqualTo(2);
        }

        private void attempted(Reason reason) {
            Claim claim = marked().getFirst();
            queue().record(List.of(recording(claim, new MessageState.Deferred(now, reason))));
        }

        /// Whoever claimed them only says what became of them, and may have lost that.
        @Test
        void offersMessagesInDoubtAgainSoon() {
            stored(trigger().expireTime(now.plus(Duration.ofHours(9))));
            marked();
            Instant taken = leaseEnd;
            Instant hoursLater = now.plus(Duration.ofHours(3));
            claimUntil(hoursLater, taken);

            Instant soon = taken.plus(MessageQueue.DOUBT_LEASE);

            assertThat(claimUntil(hoursLater, soon.minusMillis(1))).isEmpty();
            assertThat(claimUntil(hoursLater, soon)).hasSize(1);
            assertThat(
                            queue().dueCampaigns(
                                            Lane.TRANSACTIONAL,
                                            soon.plus(MessageQueue.DOUBT_LEASE)))
                    .contains(due());
        }

        private List<ClaimedMessage> claimUntil(Instant end, Instant at) {
            return queue().claim(
                            node,
                            Lane.TRANSACTIONAL,
                            configuration,
                            List.of(campaign),
                            100,
                            end,
                            at);
        }

        @Test
        void takesTheLongestDueOfEachCampaignFirst() {
            NewExecution late = stored(trigger().dueTime(now.minusSeconds(1)));
            NewExecution early = stored(trigger().dueTime(now.minusSeconds(9)));
            CampaignId other = addCampaign();
            NewExecution others = stored(trigger(other, now));

            List<ClaimedMessage> claimed = claim(node, List.of(campaign, other), 1, now);

            assertThat(claimed)
                    .extracting(ClaimedMessage::execution)
                    .containsExactlyInAnyOrder(early.id(), others.id())
                    .doesNotContain(late.id());
        }

        @Test
        void looksAtOneChannelConfigurationOnly() {
            var other = new ChannelConfigurationId(Triggers.id(now));
            stored(trigger().through(other));

            assertThat(claim(node, now)).isEmpty();
            assertThat(queue().dueCampaigns(Lane.TRANSACTIONAL, now))
                    .contains(new DueCampaign(other, campaign))
                    .doesNotContain(due());
        }

        @Test
        void looksAtOneLaneOnly() {
            stored(trigger().lane(Lane.MARKETING));

            assertThat(claim(node, now)).isEmpty();
            assertThat(queue().dueCampaigns(Lane.MARKETING, now)).contains(due());
            assertThat(queue().dueCampaigns(Lane.TRANSACTIONAL, now)).doesNotContain(due());
        }

        @Test
        void namesCampaignsWithDueMessagesThatMayBeDelivered() {
            stored(trigger().dueTime(now.plusSeconds(5)));

            assertThat(queue().dueCampaigns(Lane.TRANSACTIONAL, now)).doesNotContain(due());
            assertThat(queue().dueCampaigns(Lane.TRANSACTIONAL, now.plusSeconds(5)))
                    .contains(due());

            control(true, Delivery.HOLD);
            assertThat(queue().dueCampaigns(Lane.TRANSACTIONAL, now.plusSeconds(5)))
                    .doesNotContain(due());
        }
    }

    @Nested
    class WhenMarking {
        @Test
        void movesMessagesToSending() {
            NewExecution execution = stored(trigger().recipients(3));
            List<Claim> claims = claims(claim(node, now));

            MarkResult result = mark(node, claims);

            assertThat(result.marked()).containsExactlyInAnyOrderElementsOf(ids(execution));
            assertThat(result.released()).isEmpty();
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

            assertThat(result).isEqualTo(new MarkResult(Set.of(), Set.of()));
        }

        @Test
        void ignoresAnotherNodesClaim() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));
            NodeId other = store().nodes().register(Duration.ofHours(1));

            assertThat(mark(other, claims)).isEqualTo(new MarkResult(Set.of(), Set.of()));
        }

        @Test
        void givesMessagesBackWhileTheCampaignHolds() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));
            control(true, Delivery.HOLD);

            MarkResult result = mark(node, claims);

            assertThat(result.marked()).isEmpty();
            assertThat(result.released()).containsExactly(claims.getFirst().message());
            assertThat(stateOf(claims.getFirst().message())).isEqualTo(Kind.ACCEPTED);
            ClaimedMessage again = claim(node, now).getFirst();
            assertThat(again.history().claimsWithoutMark()).isEqualTo(1);
        }

        @Test
        void givesMessagesBackWhileTheChannelConfigurationIsPaused() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));
            store().configuration(configuration, ChannelConfiguration.State.PAUSED);

            MarkResult result = mark(node, claims);

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

            MarkResult result = mark(node, List.of(stopped.getFirst(), live.getFirst()));

            assertThat(result)
                    .isEqualTo(
                            new MarkResult(
                                    Set.of(live.getFirst().message()),
                                    Set.of(stopped.getFirst().message())));
        }
    }

    @Nested
    class WhenMarkingLate {
        @Test
        void givesBackWhatHasExpired() {
            stored(trigger().expireTime(now));
            List<Claim> claims = claims(claim(node, now));

            assertThat(mark(node, claims).released()).containsExactly(claims.getFirst().message());
            assertThat(stateOf(claims.getFirst().message())).isEqualTo(Kind.ACCEPTED);
        }

        @Test
        void givesBackWhatTheClaimDoesNotOutlast() {
            stored(trigger());
            List<Claim> claims = claims(claim(node, now));

            MarkResult result =
                    queue().mark(
                                    node,
                                    configuration,
                                    markings(claims),
                                    leaseEnd.plusMillis(1),
                                    now);

            assertThat(result.released()).containsExactly(claims.getFirst().message());
        }
    }

    @Nested
    class WhenMarkingAgain {
        @Test
        void countsTheAttemptOnce() {
            stored(trigger());
            List<Claim> claims = marked();

            assertThat(mark(node, claims).marked()).containsExactly(claims.getFirst().message());

            assertThat(claim(node, leaseEnd).getFirst().attempts()).isEqualTo(1);
        }

        @Test
        void keepsWhatWasMarkedBeforeAPause() {
            stored(trigger());
            List<Claim> claims = marked();
            control(true, Delivery.HOLD);

            assertThat(mark(node, claims).marked()).containsExactly(claims.getFirst().message());

            assertThat(queue().record(List.of(recording(claims.getFirst(), sent)))).hasSize(1);
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
        void saysWhichClaimsAreStillValid() {
            stored(trigger().recipients(3));
            List<Claim> claims = marked();
            queue().record(List.of(recording(claims.get(0), sent)));
            queue().record(
                            List.of(
                                    recording(
                                            claims.get(1),
                                            new MessageState.Deferred(
                                                    now.plusSeconds(9), Reason.PROVIDER_BUSY))));

            assertThat(queue().held(node, claims)).containsExactly(claims.get(2).message());
            assertThat(queue().held(new NodeId(node.value() + 1), claims)).isEmpty();
            claim(node, leaseEnd);
            assertThat(queue().held(node, claims)).isEmpty();
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
            assertThat(next.history().claimsWithoutMark()).isEqualTo(1);
            assertThat(next.inDoubt()).isFalse();
        }

        /// As whoever did not get the answer does.
        @Test
        void defersOnce() {
            stored(trigger().recipients(2));
            List<Claim> claims = marked();
            var later = new MessageState.Deferred(now.plusSeconds(9), Reason.PROVIDER_BUSY);
            List<Recording> recordings =
                    List.of(recording(claims.getFirst(), later), recording(claims.getLast(), sent));
            queue().record(recordings);
            List<MessageEvent> events = store().messages().events(claims.getFirst().message());

            assertThat(queue().record(recordings)).isEmpty();

            assertThat(store().messages().events(claims.getFirst().message())).isEqualTo(events);
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
}

package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.DueCampaign;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.Tries;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What every [MessageQueue] must do when messages are claimed.
public abstract class QueueClaimsContract extends StoreScene {
    private MessageQueue queue() {
        return store().queue();
    }

    private DueCampaign due() {
        return due(Lane.TRANSACTIONAL);
    }

    private DueCampaign due(Lane lane) {
        return new DueCampaign(lane, configuration, campaign);
    }

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
                                Tries.NONE,
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
        ClaimedMessage third = claim(node, leaseEnd).getFirst();
        queue().release(node, List.of(third.claim()), leaseEnd);

        assertThat(second.history()).isEqualTo(new ClaimHistory(2, 1));
        assertThat(third.history()).isEqualTo(new ClaimHistory(3, 1));
        assertThat(claim(node, leaseEnd).getFirst().history().loneTries()).isZero();
    }

    @Test
    void saysWhichMessagesAreInDoubt() {
        stored(trigger());
        marked();

        ClaimedMessage second = claim(node, leaseEnd).getFirst();

        assertThat(second.inDoubt()).isTrue();
        assertThat(second.tries().attempts()).isEqualTo(1);
        assertThat(second.history().claimsWithoutMark()).isEqualTo(1);
    }

    @Test
    void countsTheAttemptsAfterWhichNobodyKnewWhatTheProviderTook() {
        stored(trigger());
        attempted(Reason.OUTCOME_UNKNOWN);
        attempted(Reason.PROVIDER_BUSY);
        attempted(Reason.OUTCOME_UNKNOWN);

        ClaimedMessage next = claim(node, now).getFirst();

        assertThat(next.tries()).isEqualTo(new Tries(3, 2));
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
        assertThat(queue().dueCampaigns(soon.plus(MessageQueue.DOUBT_LEASE))).contains(due());
    }

    private List<ClaimedMessage> claimUntil(Instant end, Instant at) {
        return queue().claim(
                        node, Lane.TRANSACTIONAL, configuration, List.of(campaign), 100, end, at);
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
    void takesAsMuchOfACampaignAsThereIsRoomForButOneMessageAtLeast() {
        var large = new SealedSecret("k1", new byte[5_000]);
        NewExecution first = stored(trigger().sensitive(large).dueTime(now.minusSeconds(4)));
        NewExecution second = stored(trigger().sensitive(large).dueTime(now.minusSeconds(3)));
        NewExecution third = stored(trigger().dueTime(now.minusSeconds(2)));
        NewExecution fourth = stored(trigger().dueTime(now.minusSeconds(1)));

        assertThat(claimed(1)).containsExactly(first.id());
        assertThat(claimed(4)).containsExactlyInAnyOrder(second.id(), third.id());
        assertThat(claimed(4)).containsExactly(fourth.id());
    }

    private List<ExecutionId> claimed(int places) {
        return claim(node, List.of(campaign), places, now).stream()
                .map(ClaimedMessage::execution)
                .toList();
    }

    @Test
    void looksAtOneChannelConfigurationOnly() {
        var other = new ChannelConfigurationId(Triggers.id(now));
        stored(trigger().through(other));

        assertThat(claim(node, now)).isEmpty();
        assertThat(queue().dueCampaigns(now))
                .contains(new DueCampaign(Lane.TRANSACTIONAL, other, campaign))
                .doesNotContain(due());
    }

    @Test
    void looksAtOneLaneOnly() {
        stored(trigger().lane(Lane.MARKETING));

        assertThat(claim(node, now)).isEmpty();
        assertThat(queue().dueCampaigns(now)).contains(due(Lane.MARKETING)).doesNotContain(due());
    }

    @Test
    void namesCampaignsWithDueMessagesThatMayBeDelivered() {
        stored(trigger().dueTime(now.plusSeconds(5)));

        assertThat(queue().dueCampaigns(now)).doesNotContain(due());
        assertThat(queue().dueCampaigns(now.plusSeconds(5))).contains(due());

        control(true, Delivery.HOLD);
        assertThat(queue().dueCampaigns(now.plusSeconds(5))).doesNotContain(due());
    }
}

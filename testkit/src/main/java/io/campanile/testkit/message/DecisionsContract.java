package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.Recording;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.eligibility.GeneratedFacts;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/// What every store keeps of decisions about messages.
public abstract class DecisionsContract extends StoreScene {
    private final GeneratedFacts facts = new GeneratedFacts(new SplittableRandom(7), now);

    private DecisionRecord decision(@Nullable Reason reason) {
        return new DecisionRecord(facts.next(), reason, now);
    }

    private Optional<DecisionRecord> kept(MessageId message) {
        return store().messages().decision(WorkspaceId.DEFAULT, message);
    }

    private Claim claimed() {
        return claims(claim(node, now)).getFirst();
    }

    private boolean mark(Claim claim, @Nullable DecisionRecord decision) {
        return store().queue()
                .mark(node, terms(), List.of(new Marking(claim, decision)), now)
                .marked()
                .contains(claim.message());
    }

    private Recording recorded(Claim claim, MessageState state, @Nullable DecisionRecord decision) {
        return new Recording(claim, state, ProviderReply.NONE, now, decision);
    }

    @Test
    void knowsNothingOfMessagesThatWereNotDecided() {
        MessageId waiting = ids(stored(trigger())).getFirst();

        assertThat(kept(waiting)).isEmpty();
        assertThat(kept(new MessageId(new UUID(1, 1)))).isEmpty();
    }

    @Test
    void keepsWhatAMarkRestsOn() {
        stored(trigger());
        Claim claim = claimed();
        DecisionRecord decision = decision(null);

        assertThat(mark(claim, decision)).isTrue();

        assertThat(kept(claim.message())).contains(decision);
    }

    @Test
    void keepsNothingOfAMarkThatRestsOnNothing() {
        stored(trigger());
        Claim claim = claimed();

        assertThat(mark(claim, null)).isTrue();

        assertThat(kept(claim.message())).isEmpty();
    }

    @Test
    void keepsTheLatestOfMarksWhoseAnswerWasLost() {
        stored(trigger());
        Claim claim = claimed();
        DecisionRecord second = decision(null);

        mark(claim, decision(null));
        mark(claim, second);

        assertThat(kept(claim.message())).contains(second);
    }

    @Test
    void keepsNothingOfWhatIsNotMarked() {
        stored(trigger());
        Claim claim = claimed();
        control(true, Delivery.HOLD);

        assertThat(mark(claim, decision(null))).isFalse();

        assertThat(kept(claim.message())).isEmpty();
    }

    @Test
    void keepsWhyAMessageWasExcluded() {
        stored(trigger());
        Claim claim = claimed();
        DecisionRecord decision = decision(Reason.CONSENT_DENIED);
        var excluded = new MessageState.Excluded(Reason.CONSENT_DENIED, now);

        store().queue().record(List.of(recorded(claim, excluded, decision)));

        assertThat(kept(claim.message())).contains(decision);
    }

    @Test
    void keepsWhyAMessageCouldNotBeRendered() {
        stored(trigger());
        Claim claim = claimed();
        var decision =
                new DecisionRecord(facts.next(), null, now, "profile.firstName has no value");
        var failed = new MessageState.Failed(Reason.RENDERING_FAILED, now);

        store().queue().record(List.of(recorded(claim, failed, decision)));

        assertThat(kept(claim.message())).contains(decision);
    }

    @Test
    void keepsWhatWasDecidedAfterTheMark() {
        stored(trigger());
        Claim claim = claimed();
        DecisionRecord later = decision(null);
        var busy = new MessageState.Deferred(now.plusSeconds(9), Reason.PROVIDER_BUSY);

        mark(claim, decision(null));
        store().queue().record(List.of(recorded(claim, busy, later)));

        assertThat(kept(claim.message())).contains(later);
    }

    @Test
    void keepsWhatThereIsWhenNothingNewWasDecided() {
        stored(trigger());
        Claim claim = claimed();
        DecisionRecord decision = decision(null);

        mark(claim, decision);
        store().queue().record(List.of(recorded(claim, new MessageState.Sent(now), null)));

        assertThat(kept(claim.message())).contains(decision);
    }

    @Test
    void ignoresWhoLostTheClaim() {
        stored(trigger());
        Claim lost = claimed();
        Claim current = claims(claim(node, leaseEnd)).getFirst();
        var excluded = new MessageState.Excluded(Reason.CONSENT_DENIED, now);
        DecisionRecord decision = decision(Reason.CONSENT_DENIED);

        assertThat(mark(lost, decision(null))).isFalse();
        assertThat(kept(lost.message())).isEmpty();
        store().queue()
                .record(
                        List.of(
                                recorded(lost, new MessageState.Sent(now), decision(null)),
                                recorded(current, excluded, decision)));

        assertThat(kept(current.message())).contains(decision);
    }
}

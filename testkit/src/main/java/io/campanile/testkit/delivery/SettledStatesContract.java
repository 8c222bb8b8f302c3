package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.SettledStates;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What every [SettledStates] must do.
public abstract class SettledStatesContract extends StoreScene {
    private SettledStates states() {
        return store().settledStates();
    }

    private MessageId settled(MessageState state) {
        stored(trigger());
        Claim claim = marked().getFirst();
        store().queue().record(List.of(recording(claim, state)));
        return claim.message();
    }

    @Test
    void tellsWhatAttemptsCameTo() {
        for (MessageState state :
                List.of(
                        new MessageState.Sent(now),
                        new MessageState.Failed(Reason.ADDRESS_REFUSED, now),
                        new MessageState.Unknown(now))) {
            MessageId message = settled(state);

            assertThat(states().settledAmong(List.of(message)))
                    .containsOnlyKeys(message)
                    .containsEntry(message, state);
        }
    }

    @Test
    void tellsWhatSettledWithoutAnAttempt() {
        MessageId expired = ids(stored(trigger().expireTime(now))).getFirst();
        store().queue().expireHeld(100, now);
        MessageId cancelled = ids(stored(trigger())).getFirst();
        control(false, Delivery.CANCEL);
        store().queue().cancelStopped(100, now);

        assertThat(states().settledAmong(List.of(expired, cancelled)))
                .hasSize(2)
                .containsEntry(expired, new MessageState.Expired(now))
                .containsEntry(cancelled, new MessageState.Cancelled(Reason.CAMPAIGN_STOPPED, now));
    }

    @Test
    void leavesOutWhatIsOpenWhateverItsState() {
        var messages = new ArrayList<MessageId>();
        stored(trigger());
        Claim deferred = marked().getFirst();
        var later = new MessageState.Deferred(now.plusSeconds(9), Reason.PROVIDER_BUSY);
        store().queue().record(List.of(recording(deferred, later)));
        messages.add(deferred.message());
        stored(trigger());
        messages.add(marked().getFirst().message());
        messages.addAll(ids(stored(trigger())));

        assertThat(messages)
                .extracting(this::stateOf)
                .containsExactly(
                        MessageState.Kind.DEFERRED,
                        MessageState.Kind.SENDING,
                        MessageState.Kind.ACCEPTED);
        assertThat(states().settledAmong(messages)).isEmpty();
        assertThat(states().statesOf(messages))
                .hasSize(3)
                .containsEntry(messages.get(0), later)
                .containsEntry(messages.get(1), new MessageState.Sending())
                .containsEntry(messages.get(2), new MessageState.Accepted());
    }

    @Test
    void tellsOfEachWhereItStands() {
        MessageId sent = settled(new MessageState.Sent(now));
        Instant schedule = now.plusSeconds(600);
        MessageId scheduled = ids(stored(trigger().scheduled(schedule))).getFirst();
        var unknown = new MessageId(Triggers.id(now));

        assertThat(states().statesOf(List.of(scheduled, unknown, sent)))
                .hasSize(2)
                .containsEntry(sent, new MessageState.Sent(now))
                .containsEntry(scheduled, new MessageState.Deferred(schedule, Reason.SCHEDULED));
        assertThat(states().statesOf(List.of())).isEmpty();
    }

    @Test
    void tellsThatWhatANodeHasClaimedIsDueWhenTheClaimEnds() {
        Instant schedule = now.minusSeconds(1);
        MessageId scheduled = ids(stored(trigger().scheduled(schedule))).getFirst();

        assertThat(claims(claim(node, now))).extracting(Claim::message).containsExactly(scheduled);

        assertThat(states().statesOf(List.of(scheduled)))
                .containsEntry(scheduled, new MessageState.Deferred(leaseEnd, Reason.SCHEDULED));
    }

    @Test
    void findsThoseThatSettledAmongOthersInAnyOrder() {
        MessageId first = settled(new MessageState.Sent(now));
        NewExecution open = stored(trigger());
        var unknown = new MessageId(Triggers.id(now));
        List<MessageId> asked = List.of(unknown, ids(open).getFirst(), first);

        assertThat(states().settledAmong(asked)).containsOnlyKeys(first);
    }

    @Test
    void looksAtThoseItIsAskedForOnly() {
        MessageId before = settled(new MessageState.Sent(now));
        MessageId between = settled(new MessageState.Sent(now));
        MessageId after = settled(new MessageState.Sent(now));

        assertThat(states().settledAmong(List.of(after, before))).containsOnlyKeys(before, after);
        assertThat(states().settledAmong(List.of(between))).containsOnlyKeys(between);
        assertThat(states().settledAmong(List.of())).isEmpty();
    }
}

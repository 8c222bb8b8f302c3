package io.campanile.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.message.StoreScene;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What every [MessageQueue] must do when outcomes are recorded.
public abstract class QueueRecordsContract extends StoreScene {
    private final MessageState sent = new MessageState.Sent(now);

    private MessageQueue queue() {
        return store().queue();
    }

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
        assertThat(next.tries().attempts()).isEqualTo(1);
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

    /// In whatever order they are named, and with one between them that was recorded before.
    @Test
    void givesEachItsOwnOutcome() {
        NewExecution execution = stored(trigger().recipients(4));
        List<Claim> claims = marked();
        var refused = new MessageState.Failed(Reason.ADDRESS_REFUSED, now.plusMillis(1));
        var before = new MessageState.Failed(Reason.POLICY_REFUSED, now.plusMillis(2));
        var unknown = new MessageState.Unknown(now.plusMillis(3));
        queue().record(List.of(outcome(claims.get(2), before, 551)));

        Set<MessageId> recorded =
                queue().record(
                                List.of(
                                        outcome(claims.get(3), unknown, 0),
                                        outcome(claims.get(1), refused, 550),
                                        outcome(claims.get(2), new MessageState.Sent(now), 250),
                                        outcome(claims.get(0), new MessageState.Sent(now), 251)));

        assertThat(recorded)
                .containsExactlyInAnyOrder(
                        claims.get(0).message(), claims.get(1).message(), claims.get(3).message());
        assertThat(store().settledStates().settledAmong(ids(execution)))
                .isEqualTo(
                        Map.of(
                                claims.get(0).message(), sent,
                                claims.get(1).message(), refused,
                                claims.get(2).message(), before,
                                claims.get(3).message(), unknown));
        assertThat(claims)
                .extracting(claim -> replyTo(claim.message()))
                .containsExactly(reply(251), reply(550), reply(551), reply(0));
    }

    private static Recording outcome(Claim claim, MessageState.Settled state, int code) {
        return new Recording(claim, state, reply(code), state.at());
    }

    private static ProviderReply reply(int code) {
        return new ProviderReply(code, "2.1." + code);
    }

    private ProviderReply replyTo(MessageId message) {
        return store().messages().find(WorkspaceId.DEFAULT, message).orElseThrow().reply();
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

        assertThatThrownBy(
                        () -> queue().record(List.of(recording(claim, new MessageState.Sending()))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.operation.port.Invariants.Finding;
import io.campanile.application.receipt.port.ReportedMessage;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.receipt.ReceiptKind;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What every [io.campanile.application.receipt.port.Receipts] must do about messages that settled
/// after an attempt of which nobody knows whether the provider took it.
public abstract class ReceiptsInDoubtContract extends ReceiptScene {
    private final Instant second = now.plusSeconds(1);

    private NewExecution inDoubt() {
        NewExecution execution = stored(trigger());
        var deferred = new MessageState.Deferred(second, Reason.OUTCOME_UNKNOWN);
        store().queue().record(List.of(recording(marked().getFirst(), deferred)));
        return execution;
    }

    private MessageId expired() {
        Claim claim = claims(claim(node, second)).getFirst();
        store().queue().record(List.of(recording(claim, new MessageState.Expired(second))));
        return claim.message();
    }

    @Test
    void tellsThemFromWhatNoProviderTook() {
        MessageId sure = ids(stored(trigger())).getFirst();
        assertThat(expired()).isEqualTo(sure);
        inDoubt();
        MessageId expired = expired();
        MessageId open = ids(inDoubt()).getFirst();

        Map<MessageId, ReportedMessage> found = lock(sure, expired, open);

        assertThat(found)
                .hasEntrySatisfying(
                        sure,
                        message -> {
                            assertThat(message.state()).isEqualTo(Kind.EXPIRED);
                            assertThat(message.doubted()).isFalse();
                        });
        assertThat(found.get(expired))
                .isEqualTo(
                        new ReportedMessage(
                                Kind.EXPIRED, true, null, new EmailAddress("ada@example.com")));
        assertThat(found).hasEntrySatisfying(open, it -> assertThat(it.state().isOpen()).isTrue());
    }

    @Test
    void movesThemAndKeepsHowTheyHadSettled() {
        inDoubt();
        MessageId expired = expired();
        NewExecution execution = inDoubt();
        store().executions().cancel(execution.id(), second);
        MessageId cancelled = ids(execution).getFirst();

        add(bounced(expired, null, Kind.EXPIRED), receipt(expired, "r", ReceiptKind.BOUNCED));
        add(delivered(cancelled, Kind.CANCELLED), receipt(cancelled, "r", ReceiptKind.DELIVERED));

        assertThat(stateOf(expired)).isEqualTo(Kind.BOUNCED);
        assertThat(stateOf(cancelled)).isEqualTo(Kind.DELIVERED);
        assertThat(store().messages().events(expired))
                .extracting(MessageEvent::type)
                .containsExactly(
                        MessageEvent.Type.ACCEPTED,
                        MessageEvent.Type.DEFERRED,
                        MessageEvent.Type.EXPIRED,
                        MessageEvent.Type.BOUNCED);
        assertThat(store().messages().events(cancelled))
                .extracting(MessageEvent::type)
                .containsExactly(
                        MessageEvent.Type.ACCEPTED,
                        MessageEvent.Type.DEFERRED,
                        MessageEvent.Type.CANCELLED,
                        MessageEvent.Type.DELIVERED);
        assertThat(store().messages().events(cancelled).get(2).reason())
                .isEqualTo(Reason.EXECUTION_CANCELLED);
        assertThat(store().invariants().check(Integer.MAX_VALUE))
                .extracting(Finding::id)
                .doesNotContain(expired.toString(), cancelled.toString());
    }
}

package io.campanile.testkit.message;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.testkit.operation.InvariantsContract;
import io.campanile.testkit.trigger.Triggers;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class InMemoryInvariantsTest extends InvariantsContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    @Override
    protected void plant(Fault fault) {
        switch (fault) {
            case MESSAGES_HAVE_NO_STATE -> store.messages.clear();
            case SETTLED_MESSAGES_ARE_QUEUED -> settled().forEach(row -> row.owner = node.value());
            case EXECUTIONS_PLANNED_MORE ->
                    store.executions.replaceAll((_, execution) -> planningOneMore(execution));
            case MESSAGES_HAVE_NO_EXECUTION -> store.executions.clear();
            case SETTLED_MESSAGES_HAVE_SECRETS ->
                    settled().forEach(row -> row.sensitive = new SealedSecret("k", new byte[] {1}));
            case UNSENT_MESSAGES_HAVE_RESERVATIONS ->
                    store.messages.values().stream()
                            .filter(row -> row.attempts == 0)
                            .forEach(this::reserve);
            case EXCLUDED_MESSAGES_HAVE_NO_DECISION ->
                    settled()
                            .forEach(row ->
                                    row.state =
                                            new MessageState.Excluded(Reason.CONSENT_DENIED, now));
            case DELIVERED_MESSAGES_HAVE_NO_RECEIPT ->
                    settled().forEach(row -> row.state = new MessageState.Delivered(now));
            case CAMPAIGNS_HAVE_NO_CONTROL_ROW -> store.controls.clear();
        }
    }

    private void reserve(MessageRow row) {
        var claim = new Claim(row.message.id(), new ClaimEpoch(1));
        var reservation = new Reservation(Channel.EMAIL, now);
        store.reservations()
                .reserve(
                        List.of(
                                new NewReservation(
                                        claim,
                                        new RuleSetId(UUID.randomUUID()),
                                        1,
                                        new PersonKey(UUID.randomUUID()),
                                        reservation)));
    }

    private Stream<MessageRow> settled() {
        return store.messages.values().stream().filter(row -> !row.isOpen());
    }

    private NewExecution planningOneMore(NewExecution execution) {
        RecipientResult more = new RecipientResult.Accepted(new MessageId(Triggers.id(now)));
        return new NewExecution(
                execution.id(),
                execution.campaign(),
                execution.revision(),
                execution.configuration(),
                execution.requestId(),
                execution.digest(),
                execution.createTime(),
                execution.scheduleTime(),
                execution.expireTime(),
                execution.metadata(),
                Stream.concat(execution.results().stream(), Stream.of(more)).toList(),
                execution.messages(),
                null);
    }
}

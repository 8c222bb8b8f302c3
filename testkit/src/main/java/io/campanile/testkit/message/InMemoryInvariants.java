package io.campanile.testkit.message;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.operation.port.Invariants;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.trigger.RecipientResult;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The promises that can be broken in memory, where a message, its state and its place in the queue
/// are one row; a settled row with an owner is what stands in the queue for nothing.
final class InMemoryInvariants implements Invariants {
    /// What [InMemoryStore#addCampaign] gives; its campaigns have no other state than `LIVE`.
    private static final CampaignControl LIVE = new CampaignControl(true, 1, Delivery.DELIVER);

    private static final Set<MessageState.Kind> MAY_HAVE_BEEN_SENT =
            EnumSet.of(
                    MessageState.Kind.SENDING,
                    MessageState.Kind.SENT,
                    MessageState.Kind.UNKNOWN,
                    MessageState.Kind.DELIVERED,
                    MessageState.Kind.BOUNCED);

    private final InMemoryStore store;

    InMemoryInvariants(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public List<Finding> check(int limit) {
        synchronized (store) {
            store.requireThere();
            return Stream.of(
                            messagesWithoutState(),
                            settledInQueue(),
                            unequalSums(),
                            messagesWithoutExecution(),
                            secretsOfSettled(),
                            reservationsOfUnsent(),
                            excludedWithoutDecision(),
                            marketingWithoutDecision(),
                            reportedWithoutReceipt(),
                            controlsThatDoNotFit())
                    .flatMap(found -> found.limit(limit))
                    .toList();
        }
    }

    private Stream<Finding> messagesWithoutState() {
        return store.executions.values().stream()
                .flatMap(execution -> execution.messages().stream())
                .filter(message -> !store.messages.containsKey(message.id()))
                .map(message ->
                        new Finding(
                                "message-in-exactly-one-state",
                                message.id().toString(),
                                "message without a state"));
    }

    private Stream<Finding> settledInQueue() {
        return settled()
                .filter(row -> row.owner != null)
                .map(row ->
                        found("open-message-for-every-queue-row", row, row.state.kind().name()));
    }

    private Stream<Finding> unequalSums() {
        var findings = new ArrayList<Finding>();
        for (NewExecution execution : store.executions.values()) {
            long planned =
                    execution.results().stream()
                            .filter(RecipientResult.Accepted.class::isInstance)
                            .count();
            long found =
                    store.messages.values().stream()
                            .filter(row -> row.execution.id().equals(execution.id()))
                            .count();
            BroadcastRow broadcast = store.broadcasts.get(execution.id());
            if (planned + (broadcast == null ? 0 : broadcast.written) != found) {
                findings.add(
                        new Finding(
                                "execution-sums-equal",
                                execution.id().toString(),
                                planned + " planned, " + found + " found"));
            }
        }
        return findings.stream();
    }

    private Stream<Finding> messagesWithoutExecution() {
        return store.messages.values().stream()
                .filter(row -> !store.executions.containsKey(row.execution.id()))
                .map(row ->
                        found(
                                "message-belongs-to-an-execution",
                                row,
                                "not among those of its execution"));
    }

    private Stream<Finding> secretsOfSettled() {
        return settled()
                .filter(row -> row.sensitive != null)
                .map(row ->
                        found(
                                "secret-only-while-open",
                                row,
                                "sensitive data of a settled message"));
    }

    private Stream<Finding> reservationsOfUnsent() {
        Set<MessageId> reserved = store.reservations().thatCanBeGivenBack();
        return store.messages.values().stream()
                .filter(row -> reserved.contains(row.message.id()))
                .filter(row -> !MAY_HAVE_BEEN_SENT.contains(row.state.kind()))
                .map(row ->
                        found(
                                "reservation-only-of-what-may-have-been-sent",
                                row,
                                row.state.kind() + " after " + row.attempts + " attempts"));
    }

    private Stream<Finding> excludedWithoutDecision() {
        return settled()
                .filter(row -> row.state instanceof MessageState.Excluded)
                .filter(row -> row.reason() != Reason.DUPLICATE_RECIPIENT)
                .filter(row -> !row.message.identity().equals(Identity.ERASED))
                .filter(row -> row.decision == null || row.decision.reason() != row.reason())
                .map(row ->
                        found(
                                "decision-for-every-excluded-message",
                                row,
                                row.reason() + " with another decision or none"));
    }

    private Stream<Finding> marketingWithoutDecision() {
        return store.messages.values().stream()
                .filter(row -> row.message.lane() == Lane.MARKETING)
                .filter(row -> row.attempts > 0 && row.decision == null)
                .map(row ->
                        found(
                                "decision-for-marketing-in-hand-over",
                                row,
                                row.state.kind() + " without a decision"));
    }

    private Stream<Finding> reportedWithoutReceipt() {
        return settled()
                .filter(row ->
                        row.state instanceof MessageState.Delivered
                                || row.state instanceof MessageState.Bounced)
                .filter(row -> row.events.stream().noneMatch(event -> saysSo(event, row)))
                .map(row ->
                        found(
                                "receipt-for-every-reported-state",
                                row,
                                row.state.kind() + " without a receipt that says so"));
    }

    private static boolean saysSo(MessageEvent event, MessageRow row) {
        return event.type() == MessageEvent.Type.of(row.state.kind())
                || (row.state instanceof MessageState.Delivered
                        && event.type() == MessageEvent.Type.COMPLAINED);
    }

    private Stream<Finding> controlsThatDoNotFit() {
        return store.campaigns.keySet().stream()
                .filter(campaign -> !LIVE.equals(store.controls.get(campaign)))
                .map(campaign ->
                        new Finding(
                                "control-row-fits-campaign",
                                campaign.toString(),
                                "LIVE with " + store.controls.get(campaign)));
    }

    private Stream<MessageRow> settled() {
        return store.messages.values().stream().filter(row -> !row.isOpen());
    }

    private static Finding found(String invariant, MessageRow row, String detail) {
        return new Finding(invariant, row.message.id().toString(), detail);
    }
}

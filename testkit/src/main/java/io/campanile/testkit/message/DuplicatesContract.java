package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

/// What every [io.campanile.application.message.port.Messages] must know of messages that
/// [io.campanile.application.broadcast.port.Broadcasts] excludes while it writes them.
public abstract class DuplicatesContract extends BroadcastScene {
    /// Two at one address, two at another, and one alone.
    protected final NewExecution written() {
        String run = UUID.randomUUID().toString();
        NewExecution execution =
                broadcast(
                        List.of(
                                at(run + "@example.com"),
                                at(run + "@Example.com"),
                                at(run + "@example.org"),
                                at(run + "@Example.org"),
                                at(run + "@example.net")),
                        trigger -> trigger);
        fanOut();
        return execution;
    }

    private static List<Identity> at(String address) {
        return List.of(new Identity("email", address));
    }

    protected final List<MessageId> duplicates(NewExecution execution) {
        return messages(execution.id()).stream()
                .filter(message -> message.reason() == Reason.DUPLICATE_RECIPIENT)
                .map(MessageView::id)
                .toList();
    }

    @Test
    void saysForEachWhoIsWrittenToInTheirPlace() {
        List<MessageId> duplicates = duplicates(written());

        assertThat(duplicates).hasSize(2);
        assertThat(duplicates)
                .extracting(message -> store().messages().writtenInstead(message).orElseThrow())
                .extracting(ProfileId::value)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void takesThatForNoDecisionThatRulesMade() {
        assertThat(duplicates(written()))
                .allSatisfy(message ->
                        assertThat(store().messages().decision(WorkspaceId.DEFAULT, message))
                                .isEmpty());
    }

    @Test
    void saysNothingOfOthers() {
        List<MessageView> messages = messages(written().id());

        assertThat(messages)
                .filteredOn(message -> message.state() == Kind.ACCEPTED)
                .hasSize(3)
                .allSatisfy(message ->
                        assertThat(store().messages().writtenInstead(message.id())).isEmpty());
        assertThat(store().messages().writtenInstead(new MessageId(new UUID(1, 1)))).isEmpty();
    }
}

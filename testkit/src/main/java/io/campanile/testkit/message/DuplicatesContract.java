package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What every [io.campanile.application.message.port.Messages] must know of messages that
/// [io.campanile.application.broadcast.port.Broadcasts] excludes while it writes them, and
/// [io.campanile.application.broadcast.port.BroadcastMembers] when two people become one.
public abstract class DuplicatesContract extends BroadcastScene {
    /// Two at one address, two at another, and one alone.
    protected final NewExecution written() {
        String run = UUID.randomUUID().toString();
        NewExecution execution =
                broadcast(
                        List.of(
                                at(run + "@example.com"),
                                at(run + "@Example.com"),
                                at(run + "\u00e9@example.org"),
                                at(run + "E\u0301@Example.org"),
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesTwoWhoBecomeOnePersonOneMessage(boolean sent) {
        String run = UUID.randomUUID().toString();
        Profile gone = person(run + "-gone");
        Profile staying = person(run + "-staying");
        NewExecution execution =
                broadcast(List.of(gone.identities(), staying.identities()), trigger -> trigger);
        fanOut();
        if (sent) {
            settle(2, new MessageState.Sent(clock));
        }

        Set<ExecutionId> waiting =
                transactions()
                        .inTransaction(
                                () -> store().broadcastMembers().unite(gone, staying, clock));

        assertThat(waiting).isEqualTo(sent ? Set.of() : Set.of(execution.id()));
        assertThat(messages(execution.id()))
                .filteredOn(message -> message.reason() == Reason.DUPLICATE_RECIPIENT)
                .extracting(MessageView::identity)
                .isEqualTo(sent ? List.of() : gone.identities());
    }

    @Test
    void leavesNoSecondMessageToOneWhoGotTheFirstAsSomebodyElse() {
        String run = UUID.randomUUID().toString();
        Profile gone = person(run + "-gone");
        Profile staying = person(run + "-staying");
        NewExecution execution =
                broadcast(List.of(gone.identities(), staying.identities()), trigger -> trigger);
        fanOut();
        settle(1, new MessageState.Sent(clock));

        transactions().inTransaction(() -> store().broadcastMembers().unite(gone, staying, clock));

        assertThat(messages(execution.id()))
                .extracting(MessageView::state)
                .containsExactlyInAnyOrder(Kind.SENT, Kind.EXCLUDED);
        assertThat(view(execution).counts().get(Kind.EXCLUDED)).isEqualTo(1);
    }

    @Test
    void leavesBroadcastsOfOtherWorkspacesAlone() {
        String run = UUID.randomUUID().toString();
        List<Identity> one = person(run + "-gone").identities();
        List<Identity> other = person(run + "-staying").identities();
        NewExecution execution = broadcast(List.of(one, other), trigger -> trigger);
        fanOut();
        WorkspaceId elsewhere = OwnWorkspaces.next();
        Profile gone = person(elsewhere, run + "-gone");
        Profile staying = person(elsewhere, run + "-staying");

        Set<ExecutionId> waiting =
                transactions()
                        .inTransaction(
                                () -> store().broadcastMembers().unite(gone, staying, clock));

        assertThat(waiting).isEmpty();
        assertThat(messages(execution.id()))
                .extracting(MessageView::state)
                .containsExactly(Kind.ACCEPTED, Kind.ACCEPTED);
    }

    private Profile person(String key) {
        return person(WorkspaceId.DEFAULT, key);
    }

    private Profile person(WorkspaceId in, String key) {
        return Profile.created(
                new ProfileId(UUID.randomUUID()),
                in,
                List.of(new Identity("crmId", key)),
                ProfileDetails.NONE,
                clock);
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

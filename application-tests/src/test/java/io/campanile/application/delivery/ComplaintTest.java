package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ImportedEntry;
import io.campanile.application.suppression.ManageSuppressions.Entry;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.channel.ChannelConfigurationBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Receipts for people who complained about mail, where the channel configuration bypasses that.
class ComplaintTest {
    private static final SuppressionTarget ADA =
            SuppressionTarget.of(new EmailAddress("ada@example.com"));

    private final DeliveryWorld world =
            new DeliveryWorld(
                    Category.TRANSACTIONAL, ChannelConfigurationBuilder::bypassingComplaints);
    private final NodeUnderTest node = new NodeUnderTest(world).start();

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void areSentInSpiteOfAComplaintAndOfNothingElse() {
        listed(SuppressionReason.COMPLAINT);
        assertThat(settled("first").state()).isEqualTo(MessageState.Kind.SENT);

        listed(SuppressionReason.MANUAL);
        assertThat(settled("second").reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED);
    }

    @Test
    void areSentNoMoreOnceSomebodyImportsTheAddress() {
        listed(SuppressionReason.COMPLAINT);
        var imports = new ImportSuppressions(world.suppressions, InMemoryChanges.at(world.clock));
        assertThat(settled("first").state()).isEqualTo(MessageState.Kind.SENT);

        assertThat(
                        imports.add(
                                WorkspaceId.DEFAULT,
                                List.of(new Entry(ADA, SuppressionReason.MANUAL, "", null)),
                                Actor.SYSTEM))
                .hasOnlyElementsOfType(ImportedEntry.Added.class);

        assertThat(settled("second").reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED);
    }

    @Test
    void areSentNoMoreOnceTheyBounce() {
        listed(SuppressionReason.COMPLAINT);
        world.provider()
                .answerNext(
                        new AttemptOutcome.Refused(
                                Reason.ADDRESS_REFUSED,
                                new ProviderReply(550, "5.1.1"),
                                RefusedPart.RECIPIENT));

        assertThat(settled("first").reason()).isEqualTo(Reason.ADDRESS_REFUSED);
        // Transactions of the fakes are none: who sees the outcome may not see yet what comes of
        // it.
        await().until(() -> isListed(SuppressionReason.HARD_BOUNCE));
        assertThat(settled("second").reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED);
        assertThat(world.suppressions.find(WorkspaceId.DEFAULT, ADA))
                .hasValueSatisfying(entry -> {
                    assertThat(entry.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
                    assertThat(entry.note()).endsWith("5.1.1; there was a complaint before");
                });
    }

    private boolean isListed(SuppressionReason reason) {
        return world.suppressions
                .find(WorkspaceId.DEFAULT, ADA)
                .filter(entry -> entry.reason() == reason)
                .isPresent();
    }

    private void listed(SuppressionReason reason) {
        world.suppressions
                .find(WorkspaceId.DEFAULT, ADA)
                .ifPresent(entry -> world.suppressions.delete(WorkspaceId.DEFAULT, entry.id()));
        Suppression entry = aSuppression(ADA, world.clock.instant()).because(reason).build();
        assertThat(enter(world.suppressions, entry)).isTrue();
    }

    private MessageView settled(String requestId) {
        MessageId message = NodeUnderTest.onlyMessage(node.trigger(node.command(requestId, "ada")));
        await().until(() -> !view(message).state().isOpen());
        return view(message);
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }
}

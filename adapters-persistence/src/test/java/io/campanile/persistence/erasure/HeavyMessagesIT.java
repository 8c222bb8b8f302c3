package io.campanile.persistence.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.PayloadOpener;
import io.campanile.application.message.port.MessageSlice;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Database;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.message.JdbiMessages;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Messages that carry so much that a statement about all of them takes longer than statements may.
class HeavyMessagesIT extends StoreScene {
    private static final int MESSAGES = 50;
    private static final int ONE_OF_THEM = 7;
    private static final int AT_ONCE = 100;

    /// What a call laid over attributes is parsed for each.
    private static final int FIELDS = 20;

    private static final String CARRY =
            """
            UPDATE message
            SET address = NULL,
              payload = convert_to('{"profile":{"load":[' || repeat('1,', 50000) || '1],"f3":"p' || recipient_index
                || '@example.com"}}', 'UTF8')
            WHERE campaign_id = :campaign
            """;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private final Erasure person =
            new Erasure(
                    new PersonNames(
                            new ProfileId(UUID.randomUUID()),
                            WorkspaceId.DEFAULT,
                            Set.of(new Identity("crmId", "somebody-else")),
                            Set.of(new EmailAddress("p" + ONE_OF_THEM + "@example.com")),
                            IntStream.range(0, FIELDS)
                                    .mapToObj(field -> "f" + field)
                                    .collect(Collectors.toSet())),
                    now);

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void areFoundAndTakenOutInSmallerPieces() {
        MessageId own = ids(heavy()).get(ONE_OF_THEM);
        try (var impatient = new Database(STORE.settings("impatient", Duration.ofMillis(500)))) {
            var messages = new JdbiMessages(impatient.store(), AT_ONCE);
            assertThat(found(messages)).extracting(MessageView::id).containsExactly(own);

            store().erasures().begin(person);
            var erasures =
                    new JdbiMessageErasures(
                            impatient.store(),
                            new PayloadOpener(store().codec(), store().sealer()),
                            AT_ONCE);
            assertThat(erasures.goOn(now.plusSeconds(600), _ -> {})).isZero();
        }

        assertThat(store().messages().find(WorkspaceId.DEFAULT, own))
                .map(MessageView::identity)
                .contains(Identity.ERASED);
    }

    private List<MessageView> found(JdbiMessages messages) {
        MessageSlice slice = messages.ofPerson(person.names(), null, 1);
        while (slice.messages().isEmpty() && slice.next() != null) {
            slice = messages.ofPerson(person.names(), slice.next(), 1);
        }
        return slice.messages();
    }

    private NewExecution heavy() {
        NewExecution execution = stored(trigger().recipients(MESSAGES));
        store().queue()
                .record(
                        marked().stream()
                                .map(claim -> recording(claim, new MessageState.Sent(now)))
                                .toList());
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate(CARRY).bind("campaign", campaign.value()).execute());
        return execution;
    }
}

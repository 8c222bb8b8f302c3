package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.message.port.MessageView;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.delivery.QueueClaimsContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiQueueClaimsIT extends QueueClaimsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void anAddressThatIsNoneAnyMoreIsClaimedAndShownWithTheOthers() {
        MessageId spoilt = ids(stored(trigger())).getFirst();
        MessageId good = ids(stored(trigger())).getFirst();
        STORE.database()
                .store()
                .inTransaction(handle ->
                        handle.createUpdate(
                                        "UPDATE message SET address = 'ada' WHERE message_id = :id")
                                .bind("id", spoilt.value())
                                .execute());

        assertThat(claim(node, now))
                .extracting(ClaimedMessage::address)
                .containsExactlyInAnyOrder("ada", "ada@example.com");
        assertThat(found(spoilt).address()).isNull();
        assertThat(found(good).address()).isEqualTo(new EmailAddress("ada@example.com"));
    }

    private static MessageView found(MessageId message) {
        return STORE.store().messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }
}

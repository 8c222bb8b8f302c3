package io.campanile.persistence.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.operation.port.Invariants;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class JdbiInvariantsIT extends StoreScene {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String CLEAR =
            "TRUNCATE execution, message, message_state, message_event, message_secret,"
                    + " message_queue, trigger_key, campaign CASCADE";

    private final JdbiInvariants invariants = new JdbiInvariants(STORE.database().store());

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    /// One settled message beside a rejected recipient, and one open message.
    @BeforeEach
    void fillTheStore() {
        stored(trigger().recipients(2).rejectedAt(1));
        List<Claim> claims = marked();
        store().queue().record(List.of(recording(claims.getFirst(), new MessageState.Sent(now))));
        stored(trigger());
    }

    @AfterEach
    void clear() {
        execute(CLEAR);
    }

    @Test
    void findsNothingInAHealthyDatabase() {
        assertThat(invariants.check(10)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message-in-exactly-one-state | DELETE FROM message_state",
                "state-belongs-to-a-message | DELETE FROM message",
                "queue-row-for-every-open-message | DELETE FROM message_queue",
                "open-message-for-every-queue-row | UPDATE message_state SET state = 'SENT',"
                        + " attempts = 1",
                "queue-row-agrees-with-its-message | UPDATE message_queue SET expire_time ="
                        + " expire_time + interval '1 s'",
                "execution-sums-equal | UPDATE execution SET message_ids ="
                        + " array_append(message_ids, gen_random_uuid())",
                "message-belongs-to-an-execution | DELETE FROM execution",
                "event-belongs-to-a-message | INSERT INTO message_event SELECT message_id, 1,"
                    + " 'DEFERRED', 'THROTTLED', 1, 0, '', now() FROM message_state; DELETE FROM"
                    + " message_state",
                "secret-only-while-open | INSERT INTO message_secret SELECT message_id, 'k', ''"
                        + " FROM message_state WHERE state = 'SENT'",
                "control-row-fits-campaign | DELETE FROM campaign_control",
                "control-row-fits-campaign | UPDATE campaign_control SET delivery = 'HOLD'",
                "control-row-fits-campaign | UPDATE campaign_control SET accepts_triggers = false",
                "control-row-fits-campaign | UPDATE campaign SET state = 'STOPPED', stop_to_cancel"
                        + " = 0, stop_in_hand_over = 0",
            })
    void findsWhatBreaksAPromise(String invariant, String fault) {
        execute(fault);

        assertThat(invariants.check(1))
                .extracting(Invariants.Finding::invariant)
                .contains(invariant)
                .doesNotHaveDuplicates();
    }

    private static void execute(String statements) {
        STORE.database().store().inTransaction(handle -> handle.createScript(statements).execute());
    }
}

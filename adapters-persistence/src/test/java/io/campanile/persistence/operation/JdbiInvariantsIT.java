package io.campanile.persistence.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.operation.port.Invariants;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.operation.InvariantsContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class JdbiInvariantsIT extends InvariantsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    /// Row by row: truncating makes new files for each index of each day.
    private static final String CLEAR =
            Stream.of(
                            "execution",
                            "message",
                            "message_state",
                            "message_event",
                            "message_secret",
                            "message_decision",
                            "message_receipt",
                            "message_queue",
                            "trigger_key",
                            "campaign",
                            "rule_set",
                            "frequency_reservation",
                            "audience_member",
                            "audience",
                            "broadcast",
                            "broadcast_canary",
                            "broadcast_settled",
                            "address_consent",
                            "profile_consent",
                            "consent_record",
                            "profile")
                    .map("DELETE FROM "::concat)
                    .collect(Collectors.joining(";\n"));

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Override
    protected void plant(Fault fault) {
        execute(
                switch (fault) {
                    case MESSAGES_HAVE_NO_STATE -> "DELETE FROM message_state";
                    case SETTLED_MESSAGES_ARE_QUEUED ->
                            "UPDATE message_state SET state = 'SENT', attempts = 1";
                    case EXECUTIONS_PLANNED_MORE ->
                            "UPDATE execution SET message_ids ="
                                    + " array_append(message_ids, gen_random_uuid())";
                    case MESSAGES_HAVE_NO_EXECUTION -> "DELETE FROM execution";
                    case SETTLED_MESSAGES_HAVE_SECRETS ->
                            "INSERT INTO message_secret SELECT message_id, 'k', ''"
                                    + " FROM message_state WHERE state = 'SENT'";
                    case UNSENT_MESSAGES_HAVE_RESERVATIONS ->
                            "INSERT INTO frequency_reservation SELECT message_id,"
                                    + " gen_random_uuid(), 1, gen_random_uuid(), 'EMAIL', 1, now()"
                                    + " FROM message_state WHERE state = 'ACCEPTED'";
                    case EXCLUDED_MESSAGES_HAVE_NO_DECISION ->
                            "UPDATE message_state SET state = 'EXCLUDED', reason ="
                                    + " 'CONSENT_DENIED' WHERE state = 'SENT'";
                    case DELIVERED_MESSAGES_HAVE_NO_RECEIPT ->
                            "UPDATE message_state SET state = 'DELIVERED' WHERE state = 'SENT'";
                    case CAMPAIGNS_HAVE_NO_CONTROL_ROW -> "DELETE FROM campaign_control";
                });
    }

    @AfterEach
    void clear() {
        execute(CLEAR);
    }

    /// In memory these promises cannot be broken.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state-belongs-to-a-message | DELETE FROM message",
                "queue-row-for-every-open-message | DELETE FROM message_queue",
                "queue-row-agrees-with-its-message | UPDATE message_queue SET expire_time ="
                        + " expire_time + interval '1 s'",
                "execution-for-every-request-id | DELETE FROM execution",
                "owner-of-a-queue-row-is-a-node | UPDATE message_queue SET owner = 1000000000,"
                        + " claim_epoch = 1",
                "campaign-for-every-queue-row | DELETE FROM campaign",
                "event-belongs-to-a-message | INSERT INTO message_event SELECT message_id, 1,"
                        + " 'DEFERRED', 'PROVIDER_THROTTLED', 1, 0, '', now() FROM message_state;"
                        + " DELETE FROM message_state",
                "state-no-further-back-than-its-receipts | INSERT INTO message_receipt SELECT"
                        + " message_id, 'r', 2, 'DELIVERED', NULL, '', '', false, now(), now() FROM"
                        + " message_state",
                "state-no-further-back-than-its-receipts | INSERT INTO message_receipt SELECT"
                        + " message_id, 'r', 2, 'BOUNCED', 'ADDRESS_REFUSED', '5.1.1', '', false,"
                        + " now(), now() FROM message_state; UPDATE message_state SET state ="
                        + " 'DELIVERED' WHERE state = 'SENT'",
                "receipt-for-every-reported-state | INSERT INTO message_receipt SELECT"
                        + " message_id, 'r', 2, 'DELIVERED', NULL, '', '', false, now(), now() FROM"
                        + " message_state; UPDATE message_state SET state = 'BOUNCED', reason ="
                        + " 'ADDRESS_REFUSED' WHERE state = 'SENT'",
                "receipt-belongs-to-a-message | INSERT INTO message_receipt SELECT message_id, 'r',"
                        + " 2, 'DELIVERED', NULL, '', '', false, now(), now() FROM message_state;"
                        + " DELETE FROM message_state",
                "hand-over-before-every-receipt | INSERT INTO message_event SELECT message_id, 1,"
                        + " 'EXPIRED', NULL, 1, 0, '', now() FROM message_state; INSERT INTO"
                        + " message_receipt SELECT message_id, 'r', 2, 'DELIVERED', NULL, '', '',"
                        + " false, now(), now() FROM message_state",
                "hand-over-before-every-receipt | INSERT INTO message_receipt SELECT message_id,"
                        + " 'r', 2, 'DELIVERED', NULL, '', '', false, now(), now() FROM"
                        + " message_state",
                "frequency-cap-never-exceeded | INSERT INTO rule_set VALUES (gen_random_uuid(),"
                        + " 'default', 'caps', '', 'EVERY_CAMPAIGN', 'ACTIVE', '{\"caps\":"
                        + " [{\"maxMessages\": 2, \"window\": \"PT1H\", \"channels\":"
                        + " [\"EMAIL\"]}]}', 1, now(), now(), '{EMAIL}', 2); INSERT INTO"
                        + " frequency_reservation SELECT gen_random_uuid(), r.rule_set_id, 1,"
                        + " r.rule_set_id, 'EMAIL', 1, now() - n * interval '29 min' FROM rule_set"
                        + " r, generate_series(0, 2) n",
                "frequency-cap-never-exceeded | INSERT INTO rule_set VALUES (gen_random_uuid(),"
                        + " 'default', 'caps', '', 'EVERY_CAMPAIGN', 'ACTIVE', '{\"caps\":"
                        + " [{\"maxMessages\": 2, \"window\": \"PT1H\", \"channels\":"
                        + " []}]}', 1, now(), now(), '{EMAIL}', 2); INSERT INTO"
                        + " frequency_reservation SELECT gen_random_uuid(), r.rule_set_id, 1,"
                        + " r.rule_set_id, 'EMAIL', 1, now() - n * interval '29 min' FROM rule_set"
                        + " r, generate_series(0, 2) n",
                "decision-for-every-excluded-message | UPDATE message_state SET state = 'EXCLUDED',"
                    + " reason = 'CONSENT_DENIED'; INSERT INTO message_decision SELECT message_id,"
                    + " 'ADDRESS_SUPPRESSED', '{}', now() FROM message_state",
                "decision-for-marketing-in-hand-over | UPDATE campaign SET category = 'MARKETING'",
                "decision-belongs-to-a-message | INSERT INTO message_decision SELECT"
                        + " message_id, NULL, '{}', now() FROM message_state; DELETE FROM"
                        + " message_state",
                "audience-counts-its-members | INSERT INTO audience SELECT campaign_id,"
                        + " workspace_id, chosen_id, '', '', '', 1, 1, now(), now() FROM campaign"
                        + " LIMIT 1",
                "audience-for-every-member | INSERT INTO profile (profile_id, workspace_id,"
                        + " attributes, email_addresses, locale, time_zone, version, create_time,"
                        + " update_time) VALUES (gen_random_uuid(), 'default', '{}', '{}', '', '',"
                        + " 1, now(), now()); INSERT INTO audience_member SELECT"
                        + " gen_random_uuid(), profile_id FROM profile",
                "identity-for-every-profile | INSERT INTO profile (profile_id, workspace_id,"
                        + " attributes, email_addresses, locale, time_zone, version, create_time,"
                        + " update_time) VALUES (gen_random_uuid(), 'default', '{}', '{}', '', '',"
                        + " 1, now(), now())",
                "consent-that-counts-agrees-with-its-record | INSERT INTO address_consent VALUES"
                        + " ('default', 'ada@example.com', 'EMAIL', 'MARKETING', '', 'DENIED', '',"
                        + " now(), gen_random_uuid())",
                "consent-that-counts-agrees-with-its-record | INSERT INTO consent_record VALUES"
                        + " (gen_random_uuid(), 'default', NULL, 'ada@example.com', 'EMAIL',"
                        + " 'MARKETING', '', 'DENIED', '', '', 'system', now(), now()); INSERT INTO"
                        + " address_consent SELECT workspace_id, address, channel, purpose, topic,"
                        + " 'GRANTED', source, time, consent_record_id FROM consent_record",
                "consent-that-counts-agrees-with-its-record | INSERT INTO profile (profile_id,"
                        + " workspace_id, attributes, email_addresses, locale, time_zone, version,"
                        + " create_time, update_time) VALUES (gen_random_uuid(), 'default', '{}',"
                        + " '{}', '', '', 1, now(), now()); INSERT INTO consent_record SELECT"
                        + " gen_random_uuid(), 'default', profile_id, NULL, 'EMAIL', 'MARKETING',"
                        + " 'news', 'DENIED', '', '', 'system', now(), now() FROM profile; INSERT"
                        + " INTO profile_consent SELECT profile_id, channel, purpose, 'offers',"
                        + " state, source, time, consent_record_id FROM consent_record",
                "something-counts-wherever-something-was-said | INSERT INTO consent_record VALUES"
                        + " (gen_random_uuid(), 'default', NULL, 'ada@example.com', 'EMAIL',"
                        + " 'MARKETING', '', 'DENIED', '', '', 'system', now(), now())",
                "something-counts-wherever-something-was-said | INSERT INTO profile (profile_id,"
                        + " workspace_id, attributes, email_addresses, locale, time_zone, version,"
                        + " create_time, update_time) VALUES (gen_random_uuid(), 'default', '{}',"
                        + " '{}', '', '', 1, now(), now()); INSERT INTO consent_record SELECT"
                        + " gen_random_uuid(), 'default', profile_id, NULL, 'EMAIL', 'MARKETING',"
                        + " 'news', 'DENIED', '', '', 'system', now(), now() FROM profile",
                "queue-row-names-its-broadcast | UPDATE message_queue SET execution_id ="
                        + " message_id",
                "broadcast-sums-equal | INSERT INTO broadcast SELECT execution_id, campaign_id,"
                    + " campaign_id, 1, campaign_id, '', '', 'WRITTEN', false, 1, 1, now(), now(),"
                    + " now(), 0, NULL FROM execution",
                "broadcast-counts-what-settled | INSERT INTO broadcast SELECT execution_id,"
                    + " campaign_id, campaign_id, 1, campaign_id, '', '', 'WRITING', false, 9, 2,"
                    + " now(), now(), now(), 0, NULL FROM execution; INSERT INTO broadcast_settled"
                    + " SELECT execution_id, 'SENT', 3, now() FROM execution",
                "counts-belong-to-a-broadcast | INSERT INTO broadcast_settled"
                        + " SELECT execution_id, 'SENT', 3, now() FROM execution",
                "nobody-follows-a-sample-without-a-verdict | INSERT INTO broadcast SELECT"
                    + " execution_id, campaign_id, campaign_id, 1, campaign_id, '', '', 'WRITING',"
                    + " false, 9, 2, now(), now(), now(), 0, NULL FROM execution; INSERT INTO"
                    + " broadcast_canary SELECT execution_id, 1, 5, 5, 5, 5, '0', '0', 'OBSERVING',"
                    + " now() FROM execution",
                "control-row-fits-campaign | UPDATE campaign SET state = 'STOPPED', stop_to_cancel"
                        + " = 0, stop_in_hand_over = 0",
            })
    void findsRowsThatDoNotFitEachOther(String invariant, String fault) {
        execute(fault);

        assertThat(invariants().check(1))
                .extracting(Invariants.Finding::invariant)
                .contains(invariant)
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesRequestIdsAloneWhoseExecutionsWereDroppedWithTheirDay() {
        execute("UPDATE trigger_key SET execution_id = '01000000-0000-7000-8000-000000000000'");

        assertThat(invariants().check(10))
                .extracting(Invariants.Finding::invariant)
                .doesNotContain("execution-for-every-request-id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message-belongs-to-an-execution | UPDATE message SET execution_id ="
                        + " '01000000-0000-7000-8000-000000000000'",
                "broadcast-sums-equal | INSERT INTO broadcast SELECT execution_id, campaign_id,"
                    + " campaign_id, 1, campaign_id, '', '', 'WRITTEN', false, 1, 1, now(), now() -"
                    + " interval '90 days', now(), 0, NULL FROM execution",
            })
    void asksForNothingThatWasDroppedWithItsDay(String invariant, String left) {
        execute(left);

        assertThat(invariants().check(10))
                .extracting(Invariants.Finding::invariant)
                .doesNotContain(invariant);
    }

    /// A day goes one table after the other, and its messages go first.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state-belongs-to-a-message | INSERT INTO message_state VALUES"
                    + " ('018084a4-4600-7000-8000-000000000000', 'EXPIRED', NULL, 0, 0, '', now())",
                "event-belongs-to-a-message | INSERT INTO message_event VALUES"
                        + " ('018084a4-4600-7000-8000-000000000000', 1, 'DEFERRED',"
                        + " 'PROVIDER_THROTTLED', 1, 0, '', now())",
                "decision-belongs-to-a-message | INSERT INTO message_decision VALUES"
                        + " ('018084a4-4600-7000-8000-000000000000', NULL, '{}', now())",
            })
    void asksForNothingOfADayThatIsBeingDropped(String invariant, String left) {
        Instant day = Instant.parse("2022-05-02T00:00:00Z");
        var partitions = new JdbiPartitions(STORE.database().store());
        partitions.makeAhead(day, Period.ZERO);
        execute("DROP TABLE message_20220502");
        execute(left);

        var findings = invariants().check(10);

        partitions.dropOlderThan(day.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        assertThat(findings).extracting(Invariants.Finding::invariant).doesNotContain(invariant);
    }

    private static void execute(String statements) {
        STORE.database().store().inTransaction(handle -> handle.createScript(statements).execute());
    }
}

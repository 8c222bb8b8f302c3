package io.campanile.persistence.operation;

import java.util.List;
import java.util.stream.Stream;

/// What a store with some messages can be broken with, table by table. In memory these promises
/// cannot be broken.
final class PlantedFaults {
    private static final String EVERY_STATE_GONE = "DELETE FROM message_state";

    private static final String EVERY_MESSAGE_DELIVERED_BY_RECEIPT =
            """
            INSERT INTO message_receipt
            SELECT message_id, 'r', 2, 'DELIVERED', NULL, '', '', false, now(), now()
            FROM message_state
            """;

    private static final String EVERY_MESSAGE_BOUNCED_BY_RECEIPT =
            """
            INSERT INTO message_receipt
            SELECT message_id, 'r', 2, 'BOUNCED', 'ADDRESS_REFUSED', '5.1.1', '', false, now(), now()
            FROM message_state
            """;

    private static final String THREE_MESSAGES_COUNTED_WITHIN_THE_HOUR =
            """
            INSERT INTO frequency_reservation
            SELECT gen_random_uuid(), r.rule_set_id, 1, r.rule_set_id, 'EMAIL', 1,
              now() - n * interval '29 min'
            FROM rule_set r, generate_series(0, 2) n
            """;

    private static final String PROFILE =
            """
            INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale,
              time_zone, version, create_time, update_time)
            VALUES (gen_random_uuid(), 'default', '{}', '{}', '', '', 1, now(), now())
            """;

    private static final String DENIED_BY_ADDRESS =
            """
            INSERT INTO consent_record
            VALUES (gen_random_uuid(), 'default', NULL, 'ada@example.com', 'EMAIL', 'MARKETING', '',
              'DENIED', '', '', 'system', now(), now())
            """;

    private static final String NEWS_DENIED_BY_PROFILE =
            """
            INSERT INTO consent_record
            SELECT gen_random_uuid(), 'default', profile_id, NULL, 'EMAIL', 'MARKETING', 'news',
              'DENIED', '', '', 'system', now(), now()
            FROM profile
            """;

    private static final String BROADCAST_THAT_WRITES =
            """
            INSERT INTO broadcast
            SELECT execution_id, campaign_id, campaign_id, 1, campaign_id, '', '', 'WRITING', false,
              9, 2, now(), now(), now(), 0, NULL
            FROM execution
            """;

    private static final String THREE_COUNTED_AS_SENT =
            """
            INSERT INTO broadcast_settled
            SELECT execution_id, 'SENT', 3, now()
            FROM execution
            """;

    private PlantedFaults() {}

    static Stream<PlantedFault> all() {
        return Stream.of(
                        messages(),
                        events(),
                        receipts(),
                        decisions(),
                        reservations(),
                        audiences(),
                        consents(),
                        broadcasts(),
                        campaigns())
                .flatMap(List::stream);
    }

    private static List<PlantedFault> messages() {
        return List.of(
                PlantedFault.of(
                        "state-belongs-to-a-message",
                        "the messages are gone",
                        "DELETE FROM message"),
                PlantedFault.of(
                        "execution-for-every-request-id",
                        "the executions are gone",
                        "DELETE FROM execution"),
                PlantedFault.of(
                        "queue-row-for-every-open-message",
                        "the queue is empty",
                        "DELETE FROM message_queue"),
                PlantedFault.of(
                        "queue-row-agrees-with-its-message",
                        "the queue expires later",
                        "UPDATE message_queue SET expire_time = expire_time + interval '1 s'"),
                PlantedFault.of(
                        "owner-of-a-queue-row-is-a-node",
                        "nobody has that number",
                        "UPDATE message_queue SET owner = 1000000000, claim_epoch = 1"),
                PlantedFault.of(
                        "queue-row-names-its-broadcast",
                        "messages of no broadcast name one",
                        "UPDATE message_queue SET execution_id = message_id"));
    }

    private static List<PlantedFault> events() {
        return List.of(
                PlantedFault.of(
                        "event-belongs-to-a-message",
                        "the states are gone",
                        """
                        INSERT INTO message_event
                        SELECT message_id, 1, 'DEFERRED', 'PROVIDER_THROTTLED', 1, 0, '', now()
                        FROM message_state
                        """,
                        EVERY_STATE_GONE));
    }

    private static List<PlantedFault> receipts() {
        return List.of(
                PlantedFault.of(
                        "state-no-further-back-than-its-receipts",
                        "sent, and reported as delivered",
                        EVERY_MESSAGE_DELIVERED_BY_RECEIPT),
                PlantedFault.of(
                        "state-no-further-back-than-its-receipts",
                        "delivered, and reported as bounced",
                        EVERY_MESSAGE_BOUNCED_BY_RECEIPT,
                        "UPDATE message_state SET state = 'DELIVERED' WHERE state = 'SENT'"),
                PlantedFault.of(
                        "receipt-for-every-reported-state",
                        "bounced, and reported as delivered",
                        EVERY_MESSAGE_DELIVERED_BY_RECEIPT,
                        """
                        UPDATE message_state SET state = 'BOUNCED', reason = 'ADDRESS_REFUSED'
                        WHERE state = 'SENT'
                        """),
                PlantedFault.of(
                        "receipt-belongs-to-a-message",
                        "the states are gone",
                        EVERY_MESSAGE_DELIVERED_BY_RECEIPT,
                        EVERY_STATE_GONE),
                PlantedFault.of(
                        "hand-over-before-every-receipt",
                        "messages expired that never were in doubt",
                        """
                        INSERT INTO message_event
                        SELECT message_id, 1, 'EXPIRED', NULL, 1, 0, '', now()
                        FROM message_state
                        """,
                        EVERY_MESSAGE_DELIVERED_BY_RECEIPT),
                PlantedFault.of(
                        "hand-over-before-every-receipt",
                        "no event tells of one",
                        EVERY_MESSAGE_DELIVERED_BY_RECEIPT));
    }

    private static List<PlantedFault> decisions() {
        return List.of(
                PlantedFault.of(
                        "decision-for-every-excluded-message",
                        "it gives another reason",
                        "UPDATE message_state SET state = 'EXCLUDED', reason = 'CONSENT_DENIED'",
                        """
                        INSERT INTO message_decision
                        SELECT message_id, 'ADDRESS_SUPPRESSED', '{}', now()
                        FROM message_state
                        """),
                PlantedFault.of(
                        "decision-for-marketing-in-hand-over",
                        "marketing without one",
                        "UPDATE campaign SET category = 'MARKETING'"),
                PlantedFault.of(
                        "decision-belongs-to-a-message",
                        "the states are gone",
                        """
                        INSERT INTO message_decision
                        SELECT message_id, NULL, '{}', now()
                        FROM message_state
                        """,
                        EVERY_STATE_GONE));
    }

    private static List<PlantedFault> reservations() {
        return List.of(
                PlantedFault.of(
                        "frequency-cap-never-exceeded",
                        "a cap of some channels",
                        twoInAnHour("[\"EMAIL\"]"),
                        THREE_MESSAGES_COUNTED_WITHIN_THE_HOUR),
                PlantedFault.of(
                        "frequency-cap-never-exceeded",
                        "a cap of every channel",
                        twoInAnHour("[]"),
                        THREE_MESSAGES_COUNTED_WITHIN_THE_HOUR));
    }

    private static String twoInAnHour(String channels) {
        return """
        INSERT INTO rule_set
        VALUES (gen_random_uuid(), 'default', 'caps', '', 'EVERY_CAMPAIGN', 'ACTIVE',
          '{"caps": [{"maxMessages": 2, "window": "PT1H", "channels": %s}]}',
          1, now(), now(), '{EMAIL}', 2)
        """
                .formatted(channels);
    }

    private static List<PlantedFault> audiences() {
        return List.of(
                PlantedFault.of(
                        "audience-counts-its-members",
                        "it counts one, and has none",
                        """
                        INSERT INTO audience
                        SELECT campaign_id, workspace_id, chosen_id, '', '', '', 1, 1, now(), now()
                        FROM campaign LIMIT 1
                        """),
                PlantedFault.of(
                        "audience-for-every-member",
                        "a member of none",
                        PROFILE,
                        """
                        INSERT INTO audience_member
                        SELECT gen_random_uuid(), profile_id
                        FROM profile
                        """),
                PlantedFault.of("identity-for-every-profile", "a profile without one", PROFILE));
    }

    private static List<PlantedFault> consents() {
        return List.of(
                PlantedFault.of(
                        "consent-that-counts-agrees-with-its-record",
                        "an address's has no record",
                        """
                        INSERT INTO address_consent
                        VALUES ('default', 'ada@example.com', 'EMAIL', 'MARKETING', '', 'DENIED', '',
                          now(), gen_random_uuid())
                        """),
                PlantedFault.of(
                        "consent-that-counts-agrees-with-its-record",
                        "an address's says yes to a no",
                        DENIED_BY_ADDRESS,
                        """
                        INSERT INTO address_consent
                        SELECT workspace_id, address, channel, purpose, topic, 'GRANTED', source, time,
                          consent_record_id
                        FROM consent_record
                        """),
                PlantedFault.of(
                        "consent-that-counts-agrees-with-its-record",
                        "a profile's is about another topic",
                        PROFILE,
                        NEWS_DENIED_BY_PROFILE,
                        """
                        INSERT INTO profile_consent
                        SELECT profile_id, channel, purpose, 'offers', state, source, time,
                          consent_record_id
                        FROM consent_record
                        """),
                PlantedFault.of(
                        "something-counts-wherever-something-was-said",
                        "said of an address",
                        DENIED_BY_ADDRESS),
                PlantedFault.of(
                        "something-counts-wherever-something-was-said",
                        "said of a profile",
                        PROFILE,
                        NEWS_DENIED_BY_PROFILE));
    }

    private static List<PlantedFault> broadcasts() {
        return List.of(
                PlantedFault.of(
                        "broadcast-sums-equal",
                        "it wrote one that is not there",
                        writtenBroadcast("now()")),
                PlantedFault.of(
                        "broadcast-counts-what-settled",
                        "it counts three, and none settled",
                        BROADCAST_THAT_WRITES,
                        THREE_COUNTED_AS_SENT),
                PlantedFault.of(
                        "counts-belong-to-a-broadcast", "there is none", THREE_COUNTED_AS_SENT),
                PlantedFault.of(
                        "nobody-follows-a-sample-without-a-verdict",
                        "two were written after a sample of one",
                        BROADCAST_THAT_WRITES,
                        """
                        INSERT INTO broadcast_canary
                        SELECT execution_id, 1, 5, 5, 5, 5, '0', '0', 'OBSERVING', now()
                        FROM execution
                        """));
    }

    /// Of an execution whose messages are not of a broadcast.
    static String writtenBroadcast(String startTime) {
        return """
        INSERT INTO broadcast
        SELECT execution_id, campaign_id, campaign_id, 1, campaign_id, '', '', 'WRITTEN', false,
          1, 1, now(), %s, now(), 0, NULL
        FROM execution
        """
                .formatted(startTime);
    }

    private static List<PlantedFault> campaigns() {
        return List.of(
                PlantedFault.of(
                        "campaign-for-every-queue-row",
                        "the campaign is gone",
                        "DELETE FROM campaign"),
                PlantedFault.of(
                        "control-row-fits-campaign",
                        "triggers are accepted by a former revision",
                        "UPDATE campaign_control SET live_revision = live_revision + 1"),
                PlantedFault.of(
                        "control-row-fits-campaign",
                        "a stopped one delivers",
                        """
                        UPDATE campaign
                        SET state = 'STOPPED', stop_to_cancel = 0, stop_in_hand_over = 0
                        """));
    }
}

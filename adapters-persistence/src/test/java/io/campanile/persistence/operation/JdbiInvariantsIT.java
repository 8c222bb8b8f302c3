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
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.campanile.persistence.operation.PlantedFaults#all")
    void findsRowsThatDoNotFitEachOther(PlantedFault fault) {
        execute(fault.sql());

        assertThat(invariants().check(1))
                .extracting(Invariants.Finding::invariant)
                .contains(fault.invariant())
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesRequestIdsAloneWhoseExecutionsWereDroppedWithTheirDay() {
        execute("UPDATE trigger_key SET execution_id = '01000000-0000-7000-8000-000000000000'");

        assertThat(invariants().check(10))
                .extracting(Invariants.Finding::invariant)
                .doesNotContain("execution-for-every-request-id");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("droppedWithTheirDay")
    void asksForNothingThatWasDroppedWithItsDay(PlantedFault left) {
        execute(left.sql());

        assertThat(invariants().check(10))
                .extracting(Invariants.Finding::invariant)
                .doesNotContain(left.invariant());
    }

    static List<PlantedFault> droppedWithTheirDay() {
        return List.of(
                PlantedFault.of(
                        "message-belongs-to-an-execution",
                        "the execution was older",
                        "UPDATE message SET execution_id = '01000000-0000-7000-8000-000000000000'"),
                PlantedFault.of(
                        "broadcast-sums-equal",
                        "the first messages were older",
                        PlantedFaults.writtenBroadcast("now() - interval '90 days'")));
    }

    /// A day goes one table after the other, and its messages go first.
    @ParameterizedTest(name = "{0}")
    @MethodSource("leftOfADayThatIsBeingDropped")
    void asksForNothingOfADayThatIsBeingDropped(PlantedFault left) {
        Instant day = Instant.parse("2022-05-02T00:00:00Z");
        var partitions = new JdbiPartitions(STORE.database().store());
        partitions.makeAhead(day, Period.ZERO);
        execute("DROP TABLE message_20220502");
        execute(left.sql());

        var findings = invariants().check(10);

        partitions.dropOlderThan(day.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        assertThat(findings)
                .extracting(Invariants.Finding::invariant)
                .doesNotContain(left.invariant());
    }

    static List<PlantedFault> leftOfADayThatIsBeingDropped() {
        return List.of(
                PlantedFault.of(
                        "state-belongs-to-a-message",
                        "a state is left",
                        """
                        INSERT INTO message_state
                        VALUES ('018084a4-4600-7000-8000-000000000000', 'EXPIRED', NULL, 0, 0, '', now())
                        """),
                PlantedFault.of(
                        "event-belongs-to-a-message",
                        "an event is left",
                        """
                        INSERT INTO message_event
                        VALUES ('018084a4-4600-7000-8000-000000000000', 1, 'DEFERRED',
                          'PROVIDER_THROTTLED', 1, 0, '', now())
                        """),
                PlantedFault.of(
                        "decision-belongs-to-a-message",
                        "a decision is left",
                        """
                        INSERT INTO message_decision
                        VALUES ('018084a4-4600-7000-8000-000000000000', NULL, '{}', now())
                        """),
                PlantedFault.of(
                        "hand-over-before-every-receipt",
                        "a receipt is left",
                        """
                        INSERT INTO message_receipt
                        VALUES ('018084a4-4600-7000-8000-000000000000', 'r', 2, 'DELIVERED', NULL, '', '',
                          false, now(), now())
                        """));
    }

    private static void execute(String statements) {
        STORE.database().store().inTransaction(handle -> handle.createScript(statements).execute());
    }
}

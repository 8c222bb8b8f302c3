package io.campanile.persistence.operation;

import java.util.List;

/// The promises about what was reported of messages.
final class ReceiptChecks {
    static final List<JdbiInvariants.Check> ALL =
            List.of(
                    new JdbiInvariants.Check(
                            "receipt-for-every-reported-state",
                            """
                            SELECT s.message_id AS id, s.state || ' without a receipt that says so' AS detail
                            FROM message_state s
                            WHERE s.state IN ('DELIVERED', 'BOUNCED') AND NOT EXISTS (
                              SELECT FROM message_receipt r
                              WHERE r.message_id = s.message_id
                                AND (r.kind = s.state OR s.state = 'DELIVERED' AND r.kind = 'COMPLAINED'))
                            """),
                    new JdbiInvariants.Check(
                            "state-no-further-back-than-its-receipts",
                            """
                            SELECT r.message_id AS id, r.kind || ' reported, ' || s.state AS detail
                            FROM message_receipt r
                            JOIN message_state s ON s.message_id = r.message_id
                            WHERE s.state NOT IN ('DELIVERED', 'BOUNCED')
                              OR r.kind = 'BOUNCED' AND s.state <> 'BOUNCED'
                            """),
                    new JdbiInvariants.Check(
                            "receipt-belongs-to-a-message",
                            """
                            SELECT r.message_id AS id, r.kind AS detail
                            FROM message_receipt r
                            LEFT JOIN message_state s ON s.message_id = r.message_id
                            WHERE s.message_id IS NULL AND %s
                            """
                                    .formatted(
                                            JdbiInvariants.isKept(
                                                    JdbiInvariants.timeOf("r.message_id")))),
                    // What settled otherwise may have been handed over in an attempt whose outcome
                    // nobody knew.
                    new JdbiInvariants.Check(
                            "hand-over-before-every-receipt",
                            """
                            SELECT r.message_id AS id, r.kind || ', number ' || r.number AS detail
                            FROM message_receipt r
                            WHERE NOT (
                              SELECT count(*) FILTER (WHERE e.state <> 'DEFERRED') = 1
                                AND bool_or(e.state IN ('UNKNOWN', 'SENT') OR e.reason IS NOT DISTINCT FROM 'OUTCOME_UNKNOWN')
                              FROM message_event e
                              WHERE e.message_id = r.message_id AND e.number < r.number
                            ) AND %s
                            """
                                    .formatted(
                                            JdbiInvariants.isKept(
                                                    JdbiInvariants.timeOf("r.message_id")))));

    private ReceiptChecks() {}
}

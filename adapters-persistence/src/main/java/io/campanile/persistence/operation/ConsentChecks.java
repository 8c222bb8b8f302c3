package io.campanile.persistence.operation;

import io.campanile.persistence.operation.JdbiInvariants.Check;

import java.util.List;

/// What must be true of what people said and what of it counts: decisions read the latter only.
final class ConsentChecks {
    static final List<Check> ALL =
            List.of(
                    // No foreign key says so: erasures would wait for it.
                    new Check(
                            "consent-that-counts-agrees-with-its-record",
                            """
                            SELECT k.consent_record_id AS id, CASE
                                WHEN r.consent_record_id IS NULL THEN 'what counts has no record'
                                WHEN k.state <> r.state THEN k.state || ' counts, ' || r.state || ' on record'
                                WHEN (k.channel, k.purpose, k.topic) <> (r.channel, r.purpose, r.topic)
                                  THEN 'counts at another level than that on record'
                                WHEN (k.source, k.time) <> (r.source, r.time) THEN 'source or time is not that on record'
                                ELSE 'counts for another subject than that on record'
                              END AS detail
                            FROM (
                              SELECT consent_record_id, NULL::text AS workspace_id, profile_id, NULL::text AS address,
                                channel, purpose, topic, state, source, time
                              FROM profile_consent
                              UNION ALL
                              SELECT consent_record_id, workspace_id, NULL, address,
                                channel, purpose, topic, state, source, time
                              FROM address_consent
                            ) AS k
                            LEFT JOIN consent_record r ON r.consent_record_id = k.consent_record_id
                            WHERE (k.profile_id, k.address, k.channel, k.purpose, k.topic, k.state, k.source, k.time)
                                IS DISTINCT FROM
                                (r.profile_id, r.address, r.channel, r.purpose, r.topic, r.state, r.source, r.time)
                              OR k.workspace_id <> r.workspace_id
                            """),
                    // The first that is said at a level counts, and something does from then on.
                    new Check(
                            "something-counts-wherever-something-was-said",
                            """
                            SELECT u.id, u.state || ' on record, and nothing counts' AS detail
                            FROM (
                              SELECT r.consent_record_id AS id, r.state
                              FROM consent_record r
                              WHERE r.profile_id IS NOT NULL AND NOT EXISTS (
                                SELECT
                                FROM profile_consent k
                                WHERE k.profile_id = r.profile_id AND k.channel = r.channel AND k.purpose = r.purpose
                                  AND k.topic = r.topic)
                              UNION ALL
                              SELECT r.consent_record_id, r.state
                              FROM consent_record r
                              WHERE r.address IS NOT NULL AND NOT EXISTS (
                                SELECT
                                FROM address_consent k
                                WHERE k.workspace_id = r.workspace_id AND k.address = r.address AND k.channel = r.channel
                                  AND k.purpose = r.purpose AND k.topic = r.topic)
                            ) AS u
                            """));

    private ConsentChecks() {}
}

package io.campanile.persistence.consent;

import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.workspace.WorkspaceId;

import org.jdbi.v3.core.Handle;

import java.util.Collection;
import java.util.List;

/// What decides whether records count: a few rows of each one's history, however long that is.
final class BeforeRows {
    // Each part by an index that has the times in order. A subject is a profile or an address: the
    // other key is null, and finds nothing.
    private static final String FOUND =
            """
            WITH wanted AS MATERIALIZED (
              SELECT DISTINCT t.profile::uuid AS profile, t.address, t.channel, t.purpose, t.topic, to_timestamp(t.time) AS time
              FROM unnest(:profiles, :addresses, :channels, :purposes, :topics, :times)
                AS t (profile, address, channel, purpose, topic, time)
            ), found AS (
              %s
            )
            SELECT r.consent_record_id, r.workspace_id, r.profile_id, r.address, r.channel, r.purpose, r.topic, r.state,
              r.source, r.proof, r.actor, r.time, r.record_time
            FROM (SELECT DISTINCT f.consent_record_id FROM found f) AS d
            CROSS JOIN LATERAL (
              SELECT *
              FROM consent_record k
              WHERE k.consent_record_id = d.consent_record_id
              OFFSET 0
            ) AS r
            """
                    .formatted(
                            String.join(
                                    " UNION ALL ",
                                    parts("k.profile_id = t.profile"),
                                    parts("k.address = t.address")));

    private BeforeRows() {}

    private static String parts(String subject) {
        return String.join(
                " UNION ALL ",
                part(subject + " ORDER BY k.time DESC LIMIT 1"),
                part(subject + " AND " + isNewestAnswer(subject.replace("k.", "a."))),
                part(subject + " AND k.time = t.time OFFSET 0"));
    }

    // In two steps, each of which an index answers alone: sorting by both, PostgreSQL 15 reads all
    // of a history.
    private static String isNewestAnswer(String subject) {
        return """
        k.state <> 'PENDING' AND k.time = (
          SELECT a.time
          FROM consent_record a
          WHERE a.workspace_id = :workspace AND a.channel = t.channel AND a.purpose = t.purpose AND a.topic = t.topic
            AND a.state <> 'PENDING' AND %s
          ORDER BY a.time DESC
          LIMIT 1)
        ORDER BY k.state = 'DENIED' DESC
        LIMIT 1
        """
                .formatted(subject);
    }

    private static String part(String which) {
        return """
        SELECT l.consent_record_id
        FROM wanted t
        CROSS JOIN LATERAL (
          SELECT k.consent_record_id
          FROM consent_record k
          WHERE k.workspace_id = :workspace AND k.channel = t.channel AND k.purpose = t.purpose AND k.topic = t.topic
            AND %s
        ) AS l
        """
                .formatted(which);
    }

    static List<ConsentRecord> find(
            Handle handle, WorkspaceId workspace, Collection<ConsentRecord> said) {
        return ConsentRows.bindRecords(handle.createQuery(FOUND), workspace, said)
                .map((row, _) -> ConsentRows.record(row))
                .list();
    }
}

package io.campanile.persistence.audience;

import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.Handle;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Who is listed in which audience, and the counts that audiences keep of that.
final class Memberships {
    private Memberships() {}

    private static final String MEMBERSHIPS =
            """
            SELECT a.workspace_id, a.chosen_id
            FROM audience_member m
            JOIN audience a ON a.audience_id = m.audience_id
            WHERE m.profile_id = :profile
            ORDER BY a.chosen_id
            """;

    static List<AudienceName> of(Handle handle, ProfileId profile) {
        return handle.createQuery(MEMBERSHIPS)
                .bind("profile", profile.value())
                .map((row, _) ->
                        new AudienceName(
                                new WorkspaceId(row.getString("workspace_id")),
                                row.getString("chosen_id")))
                .list();
    }

    // In the order of the audiences, so that two callers never wait for each other.
    private static final String LOCK_OF_MEMBER =
            """
            SELECT a.audience_id
            FROM audience a
            WHERE a.audience_id = ANY (ARRAY(SELECT m.audience_id FROM audience_member m WHERE m.profile_id = :profile))
            ORDER BY a.audience_id
            FOR UPDATE
            """;

    private static void lockAudiencesOf(Handle handle, ProfileId profile) {
        handle.createQuery(LOCK_OF_MEMBER)
                .bind("profile", profile.value())
                .mapTo(UUID.class)
                .list();
    }

    // Whoever is a member already stays one.
    private static final String MOVE =
            """
            WITH gone AS (
              DELETE FROM audience_member
              WHERE profile_id = :from
              RETURNING audience_id
            ), moved AS (
              INSERT INTO audience_member (audience_id, profile_id)
              SELECT audience_id, :to
              FROM gone
              ON CONFLICT DO NOTHING
              RETURNING audience_id
            )
            UPDATE audience
            SET member_count = member_count - 1
            WHERE audience_id = ANY (ARRAY(SELECT audience_id FROM gone EXCEPT SELECT audience_id FROM moved))
            """;

    static int move(Handle handle, ProfileId from, ProfileId to) {
        lockAudiencesOf(handle, from);
        return handle.createUpdate(MOVE)
                .bind("from", from.value())
                .bind("to", to.value())
                .execute();
    }

    private static final String FORGET =
            """
            WITH gone AS (
              DELETE FROM audience_member
              WHERE profile_id = :profile
              RETURNING audience_id
            )
            UPDATE audience
            SET member_count = member_count - 1
            WHERE audience_id = ANY (ARRAY(SELECT audience_id FROM gone))
            """;

    static int forget(Handle handle, ProfileId profile) {
        lockAudiencesOf(handle, profile);
        return handle.createUpdate(FORGET).bind("profile", profile.value()).execute();
    }

    // Waits for those who erase or merge a newcomer, and leaves out whoever is gone then. Members
    // are not locked: those who erase one wait for the audience.
    private static final String ADD =
            """
            WITH newcomers AS MATERIALIZED (
              SELECT p.profile_id
              FROM profile p
              WHERE p.profile_id = ANY (:profiles) AND NOT EXISTS (
                SELECT FROM audience_member m WHERE m.audience_id = :audience AND m.profile_id = p.profile_id)
              ORDER BY p.profile_id
              FOR KEY SHARE OF p
            ), added AS (
              INSERT INTO audience_member (audience_id, profile_id)
              SELECT :audience, n.profile_id
              FROM newcomers n
              ON CONFLICT DO NOTHING
              RETURNING 1
            )
            UPDATE audience
            SET member_count = member_count + (SELECT count(*) FROM added)
            WHERE audience_id = :audience
            RETURNING (SELECT count(*) FROM added)
            """;

    /// Says how many were none before.
    static int add(Handle handle, AudienceId audience, Collection<ProfileId> profiles) {
        return count(handle, ADD, audience, profiles);
    }

    private static final String REMOVE =
            """
            WITH removed AS (
              DELETE FROM audience_member
              WHERE audience_id = :audience AND profile_id = ANY (:profiles)
              RETURNING 1
            )
            UPDATE audience
            SET member_count = member_count - (SELECT count(*) FROM removed)
            WHERE audience_id = :audience
            RETURNING (SELECT count(*) FROM removed)
            """;

    /// Says how many were members before.
    static int remove(Handle handle, AudienceId audience, Collection<ProfileId> profiles) {
        return count(handle, REMOVE, audience, profiles);
    }

    private static final String COUNT_AMONG =
            """
            SELECT count(*)
            FROM audience_member
            WHERE audience_id = :audience AND profile_id = ANY (:profiles)
            """;

    static int countAmong(Handle handle, AudienceId audience, Collection<ProfileId> profiles) {
        return count(handle, COUNT_AMONG, audience, profiles);
    }

    private static int count(
            Handle handle, String statement, AudienceId audience, Collection<ProfileId> profiles) {
        return handle.createQuery(statement)
                .bind("audience", audience.value())
                .bind("profiles", SqlArrays.uuids(profiles, ProfileId::value))
                .mapTo(Integer.class)
                .one();
    }
}

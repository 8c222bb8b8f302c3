package io.campanile.persistence.broadcast;

import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.eligibility.AddressFields;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.audience.MemberQuery;
import io.campanile.persistence.audience.NamedMembers;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Copies the members of a broadcast. Until the last statement no row is locked that anybody else
/// changes, because copying millions of members takes long.
final class Beginning {
    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_xact_lock(hashtext('campanile beginnings'),"
                    + " hashtext(:execution::text))";

    private static final String SCOPE =
            """
            SELECT b.identity_namespace, a.audience_id, a.workspace_id, a.rule,
              coalesce(f.definition ->> 'addressField', '') AS of_configuration,
              coalesce(w.address_field, '') AS of_workspace
            FROM broadcast b
            LEFT JOIN audience a ON a.audience_id = b.audience_id
            LEFT JOIN workspace w ON w.workspace_id = a.workspace_id
            LEFT JOIN channel_configuration f ON f.channel_configuration_id = b.channel_configuration_id
            WHERE b.execution_id = :execution AND b.state = 'WAITING'
            """;

    // Profile ids begin with their time, so that neighbours are read together. A canary's sample
    // is to be like the rest instead: in no order. Of those at one address, the oldest profile gets
    // the message. Addresses are kept, because finding one costs more than that.
    private static final String COPY =
            """
            , addressed AS MATERIALIZED (
              SELECT c.profile_id, normalize(lower(%s)) COLLATE "C" AS address
              FROM member c
            ), copied AS (
              INSERT INTO broadcast_member (execution_id, number, profile_id, duplicate_of)
              SELECT :execution, row_number() OVER (ORDER BY CASE WHEN EXISTS (
                  SELECT FROM broadcast_canary k WHERE k.execution_id = :execution) THEN random() END, a.profile_id),
                a.profile_id,
                CASE WHEN a.address IS NOT NULL THEN nullif(
                  first_value(a.profile_id) OVER (PARTITION BY a.address ORDER BY a.profile_id), a.profile_id) END
              FROM addressed a
              RETURNING 1
            )
            SELECT (SELECT count(*) FROM copied) AS members
            FROM audience a
            WHERE a.audience_id = :audience
            """
                    .formatted(NamedMembers.DESTINATION);

    private static final String START =
            """
            UPDATE broadcast
            SET state = 'WRITING', planned = :members
            WHERE execution_id = :execution AND state = 'WAITING'
            """;

    private Beginning() {}

    /// @param audience absent when it was deleted
    private record Scope(String namespace, AddressFields fields, Optional<Target> audience) {
        static Scope of(ResultSet row) throws SQLException {
            return new Scope(
                    row.getString("identity_namespace"),
                    new AddressFields(
                            row.getString("of_configuration"), row.getString("of_workspace")),
                    Target.of(row));
        }
    }

    private record Target(AudienceId id, MemberQuery members) {
        static Optional<Target> of(ResultSet row) throws SQLException {
            UUID id = row.getObject("audience_id", UUID.class);
            if (id == null) {
                return Optional.empty();
            }
            var audience = new AudienceId(id);
            var workspace = new WorkspaceId(row.getString("workspace_id"));
            return Optional.of(
                    new Target(
                            audience, MemberQuery.of(audience, workspace, row.getString("rule"))));
        }
    }

    /// Nothing when the broadcast does not wait, or when somebody else is beginning it.
    ///
    /// @return false when the audience was deleted; whatever was written then is forgotten with the
    ///   members of ended broadcasts
    static boolean begin(Handle handle, ExecutionId execution) {
        return !tryLock(handle, execution)
                || scope(handle, execution)
                        .map(scope -> begin(handle, execution, scope))
                        .orElse(true);
    }

    private static boolean begin(Handle handle, ExecutionId execution, Scope scope) {
        long latest = Departures.latest(handle);
        Optional<Long> members =
                scope.audience().flatMap(target -> copy(handle, execution, scope, target));
        members.ifPresent(count -> {
            Departures.catchUp(handle, execution, latest);
            start(handle, execution, count);
        });
        return members.isPresent();
    }

    private static boolean tryLock(Handle handle, ExecutionId execution) {
        return handle.createQuery(TRY_LOCK)
                .bind("execution", execution.value())
                .mapTo(Boolean.class)
                .one();
    }

    private static Optional<Scope> scope(Handle handle, ExecutionId execution) {
        return handle.createQuery(SCOPE)
                .bind("execution", execution.value())
                .map((row, _) -> Scope.of(row))
                .findOne();
    }

    private static Optional<Long> copy(
            Handle handle, ExecutionId execution, Scope scope, Target target) {
        return handle.createQuery(target.members().named("member") + COPY)
                .bind("execution", execution.value())
                .bind("audience", target.id().value())
                .bind("namespace", scope.namespace())
                .bind("ofConfiguration", scope.fields().ofConfiguration())
                .bind("ofWorkspace", scope.fields().ofWorkspace())
                .bindMap(target.members().values())
                .mapTo(Long.class)
                .findOne();
    }

    private static void start(Handle handle, ExecutionId execution, long members) {
        handle.createUpdate(START)
                .bind("execution", execution.value())
                .bind("members", members)
                .execute();
    }
}

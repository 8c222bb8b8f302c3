package io.campanile.persistence.broadcast;

import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Identity;
import io.campanile.persistence.Sql;
import io.campanile.persistence.audience.NamedMembers;
import io.campanile.persistence.delivery.SettledCounts;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Map;

/// The rows of a broadcast's messages. Members who were erased, or for whom another member is
/// written to, are excluded here, and no rule is asked about them: these are the only exclusions
/// that no rule of the domain decides.
final class BroadcastRows {
    private static final String WRITE =
            Sql.of(
                    BroadcastRows.class,
                    "write-messages.sql",
                    Map.of(
                            "identity",
                            NamedMembers.COLUMNS,
                            "joined",
                            NamedMembers.JOIN,
                            "counted",
                            SettledCounts.add(
                                    "SELECT :execution, 'EXCLUDED', against FROM recipient WHERE"
                                            + " against IS NOT NULL")));

    private static final String PROGRESS =
            """
            SELECT b.written, b.identity_namespace
            FROM broadcast b
            WHERE b.execution_id = :execution
            """;

    private record Progress(long written, String namespace) {}

    private BroadcastRows() {}

    static long write(Handle handle, ExecutionId execution, FanOutStep.Write chunk, Instant now) {
        long members = chunk.members();
        Departures.keepAway(handle);
        SettledCounts.fold(handle, execution);
        Progress before = progress(handle, execution);
        long written =
                handle.createQuery(WRITE)
                        .bind("execution", execution.value())
                        .bind("written", before.written())
                        .bind("members", members)
                        .bind("nextTime", chunk.nextTime())
                        .bind("namespace", before.namespace())
                        .bind("erasedNamespace", Identity.ERASED.namespace())
                        .bind("erasedKey", Identity.ERASED.value())
                        .bind("millis", now.toEpochMilli())
                        .bind("now", now)
                        .mapTo(Long.class)
                        .one();
        if (written != before.written() + members) {
            // Rolled back: better no message than one too few and nobody who knows.
            throw new IllegalStateException(
                    "members are missing: broadcast " + execution + " at " + written);
        }
        return written;
    }

    private static Progress progress(Handle handle, ExecutionId execution) {
        return handle.createQuery(PROGRESS)
                .bind("execution", execution.value())
                .map((row, _) ->
                        new Progress(row.getLong("written"), row.getString("identity_namespace")))
                .one();
    }
}

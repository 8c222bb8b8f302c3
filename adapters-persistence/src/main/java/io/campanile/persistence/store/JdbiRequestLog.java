package io.campanile.persistence.store;

import io.campanile.application.store.RequestId;
import io.campanile.application.store.port.LoggedRequest;
import io.campanile.application.store.port.RequestLog;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.OldRows;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Request ids on PostgreSQL.
public final class JdbiRequestLog implements RequestLog {
    private static final String TAKE =
            """
            INSERT INTO request_log (workspace_id, request_id, digest, resource, create_time)
            VALUES (:workspace, :requestId, :digest, :resource, :createTime)
            ON CONFLICT (workspace_id, request_id) DO NOTHING
            """;

    private static final String FIND =
            """
            SELECT workspace_id, request_id, digest, resource, create_time
            FROM request_log
            WHERE workspace_id = :workspace AND request_id = :requestId
            """;

    private static final String GIVE_BACK =
            """
            DELETE FROM request_log
            WHERE workspace_id = :workspace AND request_id = :requestId
            """;

    private final Store store;

    public JdbiRequestLog(Store store) {
        this.store = store;
    }

    @Override
    public Optional<LoggedRequest> take(LoggedRequest request) {
        return store.inStatement(handle -> {
            // Whoever holds the id may give it back or be forgotten between the two statements.
            while (!insert(handle, request)) {
                Optional<LoggedRequest> earlier = find(handle, request);
                if (earlier.isPresent()) {
                    return earlier;
                }
            }
            return Optional.empty();
        });
    }

    private static boolean insert(Handle handle, LoggedRequest request) {
        return handle.createUpdate(TAKE)
                        .bind("workspace", request.workspace().value())
                        .bind("requestId", request.id().value())
                        .bind("digest", request.id().digest())
                        .bind("resource", request.resource())
                        .bind("createTime", request.createTime())
                        .execute()
                == 1;
    }

    private static Optional<LoggedRequest> find(Handle handle, LoggedRequest request) {
        return handle.createQuery(FIND)
                .bind("workspace", request.workspace().value())
                .bind("requestId", request.id().value())
                .map((row, _) -> logged(row))
                .findOne();
    }

    private static LoggedRequest logged(ResultSet row) throws SQLException {
        return new LoggedRequest(
                new WorkspaceId(row.getString("workspace_id")),
                new RequestId(row.getString("request_id"), row.getBytes("digest")),
                row.getString("resource"),
                RowTimes.time(row, "create_time"));
    }

    @Override
    public void giveBack(WorkspaceId workspace, RequestId id) {
        store.inStatement(handle ->
                handle.createUpdate(GIVE_BACK)
                        .bind("workspace", workspace.value())
                        .bind("requestId", id.value())
                        .execute());
    }

    @Override
    public int forget(Instant before, int limit) {
        return OldRows.forget(store, "request_log", "create_time", before, limit);
    }
}

package io.campanile.persistence.profile;

import io.campanile.application.profile.port.ProfileImports;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Store;

import java.time.Instant;
import java.util.Optional;

/// How far imports came, on PostgreSQL.
public final class JdbiProfileImports implements ProfileImports {
    // The row is made before it is locked, so that two streams of one import wait for each other
    // from the first batch on.
    private static final String MAKE =
            """
            INSERT INTO profile_import (workspace_id, import_id, row_count, create_time, update_time)
            VALUES (:workspace, :import, 0, :now, :now)
            ON CONFLICT (workspace_id, import_id) DO NOTHING
            """;

    private static final String LOCK =
            """
            SELECT row_count
            FROM profile_import
            WHERE workspace_id = :workspace AND import_id = :import
            FOR UPDATE
            """;

    private static final String ADVANCE =
            """
            UPDATE profile_import
            SET row_count = :rows, update_time = :now
            WHERE workspace_id = :workspace AND import_id = :import
            """;

    private static final String FORGET =
            """
            DELETE FROM profile_import
            WHERE ctid = ANY (ARRAY(
              SELECT i.ctid FROM profile_import i WHERE i.update_time < :before LIMIT :limit FOR UPDATE SKIP LOCKED))
            """;

    private final Store store;

    public JdbiProfileImports(Store store) {
        this.store = store;
    }

    @Override
    public long lock(WorkspaceId workspace, String importId, Instant now) {
        return store.inTransaction(handle -> {
            // What is there already may be forgotten before it is locked: what this makes is not.
            Optional<Long> rows = Optional.empty();
            while (rows.isEmpty()) {
                handle.createUpdate(MAKE)
                        .bind("workspace", workspace.value())
                        .bind("import", importId)
                        .bind("now", now)
                        .execute();
                rows =
                        handle.createQuery(LOCK)
                                .bind("workspace", workspace.value())
                                .bind("import", importId)
                                .mapTo(Long.class)
                                .findOne();
            }
            return rows.get();
        });
    }

    @Override
    public void advance(WorkspaceId workspace, String importId, long rows, Instant now) {
        store.inTransaction(handle ->
                handle.createUpdate(ADVANCE)
                        .bind("workspace", workspace.value())
                        .bind("import", importId)
                        .bind("rows", rows)
                        .bind("now", now)
                        .execute());
    }

    @Override
    public int forget(Instant before, int limit) {
        return store.inStatement(handle ->
                handle.createUpdate(FORGET).bind("before", before).bind("limit", limit).execute());
    }
}

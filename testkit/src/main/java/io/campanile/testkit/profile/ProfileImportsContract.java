package io.campanile.testkit.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What every [ProfileImports] must do. Each test has workspaces of its own, so that they can share
/// a store.
public abstract class ProfileImportsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WorkspaceId workspace = aWorkspace();
    private final WorkspaceId other = aWorkspace();

    protected abstract ProfileImports imports();

    protected abstract Transactions transactions();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    private static WorkspaceId aWorkspace() {
        return new WorkspaceId("w-" + UUID.randomUUID().toString().substring(0, 13));
    }

    @BeforeEach
    void createTheWorkspaces() {
        givenWorkspace(workspace);
        givenWorkspace(other);
    }

    @Test
    void remembersHowFarEachImportCame() {
        advance("crm", 1_000);
        advance("crm", 1_500);
        advance("shop", 7);

        assertThat(taken(workspace, "crm")).isEqualTo(1_500);
        assertThat(taken(workspace, "shop")).isEqualTo(7);
        assertThat(taken(workspace, "new")).isZero();
        assertThat(taken(other, "crm")).isZero();
    }

    @Test
    void forgetsImportsThatAreNotMovedOnAnyMore() {
        advance("old", 7);
        transactions()
                .inTransaction(() -> {
                    imports().lock(workspace, "new", NOON);
                    imports().advance(workspace, "new", 9, NOON.plusSeconds(1));
                    return true;
                });

        while (imports().forget(NOON.plusSeconds(1), 1) > 0) {
            // One at a time.
        }

        assertThat(taken(workspace, "old")).isZero();
        assertThat(taken(workspace, "new")).isEqualTo(9);
    }

    @Test
    void letsOneStreamAfterTheOtherGoOn() throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> streams = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                streams.add(threads.submit(this::takeOne));
            }
            for (Future<?> stream : streams) {
                stream.get();
            }
        }

        assertThat(taken(workspace, "raced")).isEqualTo(8);
    }

    private void takeOne() {
        long after =
                transactions()
                        .inTransaction(() -> {
                            long next = imports().lock(workspace, "raced", NOON) + 1;
                            imports().advance(workspace, "raced", next, NOON);
                            return next;
                        });
        assertThat(after).isPositive();
    }

    private void advance(String importId, long rows) {
        long before =
                transactions()
                        .inTransaction(() -> {
                            long taken = imports().lock(workspace, importId, NOON);
                            imports().advance(workspace, importId, rows, NOON);
                            return taken;
                        });
        assertThat(before).isLessThan(rows);
    }

    private long taken(WorkspaceId in, String importId) {
        return transactions().inTransaction(() -> imports().lock(in, importId, NOON));
    }
}

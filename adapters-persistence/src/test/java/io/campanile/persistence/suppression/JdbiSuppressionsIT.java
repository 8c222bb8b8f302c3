package io.campanile.persistence.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.store.FoundPages;
import io.campanile.testkit.store.OwnWorkspaces;
import io.campanile.testkit.suppression.SuppressionsContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;

class JdbiSuppressionsIT extends SuppressionsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Suppressions suppressions() {
        return new JdbiSuppressions(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }

    private static final String MANY =
            """
            INSERT INTO suppression (suppression_id, workspace_id, target, reason, note, create_time)
            SELECT md5('many ' || n)::uuid, :workspace, 'p' || n || '@example.com', 'MANUAL', '', now()
            FROM generate_series(1, 3000) AS n
            """;

    @Test
    void findsTargetsByTheirIndex() {
        WorkspaceId workspace = OwnWorkspaces.next();
        givenWorkspace(workspace);
        Store store = STORE.database().store();
        store.inTransaction(
                handle -> handle.createUpdate(MANY).bind("workspace", workspace.value()).execute());
        store.inStatement(handle -> handle.execute("ANALYZE suppression"));

        assertThat(read(workspace, "target = \"p97@example.com\"")).isEqualTo(1);
        // As an address is looked for: by its pseudonym as well.
        assertThat(read(workspace, "target = \"p97@example.com\" OR target = \"p98@example.com\""))
                .isEqualTo(2);
    }

    /// How many rows it takes to find as many entries.
    private long read(WorkspaceId workspace, String filter) {
        var found = new ArrayList<Suppression>();
        long read =
                RowsRead.by(
                        STORE.database().store(),
                        "suppression",
                        () -> found.addAll(listed(workspace, filter)));
        assertThat(found).hasSize(Math.toIntExact(read));
        return read;
    }

    private List<Suppression> listed(WorkspaceId workspace, String filter) {
        return FoundPages.entries(
                Page.of(
                        new ListRequest(filter, "", 0, ""),
                        Suppressions.FIELDS,
                        query -> suppressions().list(workspace, query)));
    }
}

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
    void findsATargetByItsIndex() {
        WorkspaceId workspace = OwnWorkspaces.next();
        givenWorkspace(workspace);
        Store store = STORE.database().store();
        store.inTransaction(
                handle -> handle.createUpdate(MANY).bind("workspace", workspace.value()).execute());
        store.inStatement(handle -> handle.execute("ANALYZE suppression"));

        long read =
                RowsRead.by(
                        store,
                        "suppression",
                        () ->
                                assertThat(listed(workspace, "target = \"p97@example.com\""))
                                        .hasSize(1));

        assertThat(read).isEqualTo(1);
    }

    private List<Suppression> listed(WorkspaceId workspace, String filter) {
        return FoundPages.entries(
                Page.of(
                        new ListRequest(filter, "", 0, ""),
                        Suppressions.FIELDS,
                        query -> suppressions().list(workspace, query)));
    }
}

package io.campanile.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Database;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.UuidTimes;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.store.OwnWorkspaces;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whoever triggers little finds it beside those who trigger much, and nobody's page reads what it
/// does not show.
class ExecutionPlansIT extends StoreScene {
    private static final int MANY = 200_000;
    private static final long LITTLE = 200;

    /// Where a page of a workspace is looked for first: each with its campaign.
    private static final long NEWEST = 2_000;

    /// Often enough for a plan that is kept.
    private static final int TIMES = 12;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String OTHERS_TRIGGER =
            """
            INSERT INTO execution (execution_id, campaign_id, revision, request_id, create_time, expire_time, message_ids)
            SELECT (lpad(to_hex(:first::bigint + n / 100), 12, '0') || '7'
                || substr(md5('many ' || n), 1, 3) || '8' || substr(md5('many ' || n), 4, 15))::uuid,
              :campaign, 1, 'many ' || n, :begin, :begin::timestamptz + interval '1 day', ARRAY[gen_random_uuid()]
            FROM generate_series(1, :many) AS n
            """;

    private static final String MOVE =
            "UPDATE campaign SET workspace_id = :workspace WHERE campaign_id = :campaign";

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void readWhatTheyShow() {
        CampaignName busy = campaignName;
        CampaignId others = campaign;
        CampaignId rare = addCampaign();
        List<ExecutionId> own = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            own.addFirst(stored(trigger(rare, now.plusMillis(i))).id());
        }
        Instant soon = now.plus(Duration.ofMinutes(1));
        Instant later = now.plus(Duration.ofMinutes(3));
        othersTrigger(others, later);

        try (var database = new Database(STORE.settings("plans", 1, 1))) {
            assertThat(found(database, query(WorkspaceId.DEFAULT, campaignName, null), LITTLE))
                    .isEqualTo(own);
            assertThat(found(database, query(WorkspaceId.DEFAULT, busy, null), LITTLE)).hasSize(4);
            assertThat(found(database, query(WorkspaceId.DEFAULT, null, soon), NEWEST))
                    .isEqualTo(own);
            assertThat(found(database, query(WorkspaceId.DEFAULT, null, null), NEWEST)).hasSize(4);

            WorkspaceId elsewhere = OwnWorkspaces.next();
            STORE.givenWorkspace(elsewhere);
            move(rare, elsewhere);

            assertThat(found(database, query(elsewhere, null, null), NEWEST + LITTLE))
                    .isEqualTo(own);
        }
    }

    private static void othersTrigger(CampaignId others, Instant begin) {
        STORE.database()
                .store()
                .inStatement(handle -> {
                    handle.createUpdate(OTHERS_TRIGGER)
                            .bind("first", UuidTimes.lowest(begin).getMostSignificantBits() >>> 16)
                            .bind("campaign", others.value())
                            .bind("begin", begin)
                            .bind("many", MANY)
                            .execute();
                    return handle.execute("ANALYZE execution");
                });
    }

    private static ExecutionQuery query(
            WorkspaceId workspace, @Nullable CampaignName campaign, @Nullable Instant to) {
        return new ExecutionQuery(workspace, campaign, null, null, to, null, null, 4);
    }

    private static List<ExecutionId> found(Database database, ExecutionQuery query, long most) {
        var executions = new JdbiExecutions(database.store());
        List<ExecutionId> found = List.of();
        for (int time = 0; time < TIMES; time++) {
            found =
                    database.store()
                            .inTransaction(handle -> {
                                long before = rowsRead(handle);
                                List<ExecutionView> page = executions.list(query);
                                assertThat(rowsRead(handle) - before).isLessThanOrEqualTo(most);
                                return page.stream().map(ExecutionView::id).toList();
                            });
        }
        return found;
    }

    private static void move(CampaignId campaign, WorkspaceId workspace) {
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate(MOVE)
                                .bind("workspace", workspace.value())
                                .bind("campaign", campaign.value())
                                .execute());
    }

    private static long rowsRead(Handle handle) {
        return RowsRead.soFar(handle, ".*");
    }
}

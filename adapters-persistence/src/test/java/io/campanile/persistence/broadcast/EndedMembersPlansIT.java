package io.campanile.persistence.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.persistence.Database;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.StoreExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Members of broadcasts that go on cost nothing when those of others are forgotten.
class EndedMembersPlansIT {
    private static final int ENDED = 50;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String BROADCASTS =
            """
            INSERT INTO broadcast (execution_id, campaign_id, channel_configuration_id, revision, audience_id,
              identity_namespace, payload, state, paused, planned, written, create_time, start_time, expire_time,
              messages_per_second)
            SELECT md5(b.state)::uuid, md5('c')::uuid, md5('k')::uuid, 1, md5('a')::uuid, 'email', '', b.state, false,
              b.members, b.members, now(), now(), now() + interval '1 day', 0
            FROM (VALUES ('WRITING', 20000), ('WRITTEN', 50)) AS b (state, members)
            """;

    private static final String MEMBERS =
            """
            INSERT INTO broadcast_member (execution_id, number, profile_id)
            SELECT b.execution_id, n, md5(b.state || n)::uuid
            FROM broadcast b
            CROSS JOIN LATERAL generate_series(1, b.planned) AS n
            ORDER BY b.planned DESC, n
            """;

    @Test
    void areNotReadWhenThoseOfOthersAreForgotten() {
        try (var database = new Database(STORE.settings("plans", 1, 1))) {
            database.store()
                    .inTransaction(handle ->
                            handle.execute(BROADCASTS)
                                    + handle.execute(MEMBERS)
                                    + handle.execute("ANALYZE broadcast, broadcast_member"));
            var broadcasts = new JdbiBroadcastUpkeep(database.store());

            for (int forgotten : new int[] {40, 10, 0}) {
                long read =
                        RowsRead.by(
                                database.store(),
                                "broadcast_member",
                                () ->
                                        assertThat(broadcasts.forgetMembers(40))
                                                .isEqualTo(forgotten));
                assertThat(read).isLessThan(4L * ENDED);
            }
        }
    }
}

package io.campanile.bench;

import io.campanile.application.broadcast.ExecutionTrail;
import io.campanile.application.broadcast.FanOut;
import io.campanile.application.store.NodeClock;
import io.campanile.bench.process.ServerProcess;
import io.campanile.persistence.Database;
import io.campanile.persistence.DatabaseSettings;
import io.campanile.persistence.access.JdbiAuditEntries;
import io.campanile.persistence.broadcast.JdbiBroadcastPauses;
import io.campanile.persistence.broadcast.JdbiBroadcasts;
import io.campanile.persistence.store.JdbiTransactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/// The writing of a broadcast's messages on its own, against bare inserts of the same rows for the
/// same members. The server only answers calls; what nodes that deliver do every moment, this
/// process does instead, with the same classes on the same database. So nothing is claimed
/// meanwhile, and an audience may have no more members than a broadcast has open messages.
final class FanOutRounds implements AutoCloseable {
    static final int MOST_MEMBERS = 10_000;

    /// Parameters: the audience, the execution.
    private static final String BARE_INSERT =
            """
            WITH recipient AS MATERIALIZED (
              SELECT encode(overlay(overlay(uuid_send(gen_random_uuid()) PLACING
                  substring(int8send((extract(epoch FROM now()) * 1000)::bigint) FROM 3) FROM 1 FOR 6)
                  PLACING int2send((28672 + row_number() OVER () % 4096)::int2) FROM 7 FOR 2),
                  'hex')::uuid AS message_id, row_number() OVER () AS number, i.value, c.campaign_id,
                now() + interval '84 hours' AS expire_time, c.campaign_id AS configuration
              FROM audience a
              JOIN audience_member m ON m.audience_id = a.audience_id
              JOIN profile_identity i ON i.profile_id = m.profile_id
              JOIN campaign c ON c.workspace_id = a.workspace_id AND c.chosen_id = a.chosen_id
              WHERE a.workspace_id = 'default' AND a.chosen_id = ?
            ), execution AS (
              SELECT ?::uuid AS execution_id
            ), stored AS (
              INSERT INTO message (message_id, execution_id, campaign_id, revision, recipient_index, identity_namespace,
                identity_value, address, payload, expire_time)
              SELECT message_id, execution_id, campaign_id, 1, number - 1, 'email', value, value, NULL, expire_time
              FROM recipient, execution
            ), state AS (
              INSERT INTO message_state (message_id, state, reason, attempts, reply_code, enhanced_code, state_time)
              SELECT message_id, 'ACCEPTED', NULL, 0, 0, '', now()
              FROM recipient
            )
            INSERT INTO message_queue (message_id, campaign_id, channel_configuration_id, execution_id, lane, due_time,
              expire_time, owner, claim_epoch, claims_without_mark)
            SELECT message_id, campaign_id, configuration, execution_id, 'MARKETING', now(), expire_time, NULL, 0, 0
            FROM recipient, execution
            """;

    /// Parameter: the execution. What was inserted bare belongs to nobody.
    private static final String REMOVE =
            """
            WITH queue AS (
              DELETE FROM message_queue WHERE execution_id = ? RETURNING message_id
            ), state AS (
              DELETE FROM message_state USING queue WHERE message_state.message_id = queue.message_id
            )
            DELETE FROM message USING queue WHERE message.message_id = queue.message_id
            """;

    private final Database database;
    private final BenchWorkspace workspace;
    private final String campaign;
    private final int members;
    private final FanOut fanOut;

    /// @param campaign for an audience of the same id with so many members
    FanOutRounds(ServerProcess server, BenchWorkspace workspace, String campaign, int members) {
        if (members > MOST_MEMBERS) {
            throw new IllegalArgumentException("more than may be open: " + members);
        }
        this.workspace = workspace;
        this.campaign = campaign;
        this.members = members;
        database =
                new Database(
                        DatabaseSettings.at(
                                server.jdbcUrl(),
                                new DatabaseSettings.Login("campanile", server.databasePassword()),
                                8,
                                8));
        fanOut =
                new FanOut(
                        new JdbiBroadcasts(database.store()),
                        new JdbiBroadcastPauses(database.store()),
                        new JdbiTransactions(database.store()),
                        new ExecutionTrail(
                                new JdbiAuditEntries(database.store()), UUID::randomUUID),
                        NodeClock.believed(InstantSource.system()),
                        Runnable::run);
    }

    /// Messages a second, by the medians of the rounds.
    record Speeds(double fanOut, double bare) {
        double ratio() {
            return fanOut / bare;
        }
    }

    /// So many rounds of both in turn.
    Speeds run(int rounds) throws SQLException, InterruptedException {
        List<Double> fanOuts = new ArrayList<>();
        List<Double> bares = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            fanOuts.add(members / fanOut());
            bares.add(members / bare());
        }
        return new Speeds(median(fanOuts), median(bares));
    }

    private static double median(List<Double> figures) {
        Collections.sort(figures);
        return figures.get(figures.size() / 2);
    }

    /// Seconds from the trigger to the last message.
    private double fanOut() throws InterruptedException {
        long begin = System.nanoTime();
        String execution = workspace.trigger(campaign, 0);
        fanOut.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        workspace.cancel(execution);
        long cancelled = workspace.awaitEnd(execution).getCancelledCount();
        if (cancelled != members) {
            throw new IllegalStateException(cancelled + " of " + members + " messages written");
        }
        return seconds;
    }

    private double bare() throws SQLException {
        UUID execution = UUID.randomUUID();
        try (Connection connection = database.connect("bare");
                PreparedStatement insert = connection.prepareStatement(BARE_INSERT);
                PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            insert.setString(1, campaign);
            insert.setObject(2, execution);
            long begin = System.nanoTime();
            int inserted = insert.executeUpdate();
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (inserted != members) {
                throw new IllegalStateException(inserted + " of " + members + " rows inserted");
            }
            remove.setObject(1, execution);
            remove.executeUpdate();
            return seconds;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}

package io.campanile.bench;

import io.campanile.bench.process.Child;
import io.campanile.bench.process.CpuTimes;
import io.campanile.bench.process.LiveHeap;
import io.campanile.bench.process.ServerProcess;
import io.campanile.bench.process.Times;
import io.campanile.bench.sink.SinkCommand;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Sends broadcasts to readers, and compares what came with who may be written to.
final class BroadcastSender {
    private static final double PATIENCE_SECONDS = 3_600;

    /// How often the heap is looked at during a broadcast.
    private static final int LOOKS = 3;

    private static final String EXCLUDED =
            """
            SELECT s.reason, count(*)
            FROM message m
            JOIN message_state s ON s.message_id = m.message_id
            WHERE m.execution_id = ? AND m.payload IS NULL AND s.state = 'EXCLUDED'
            GROUP BY s.reason
            """;

    private final Path arrivals;
    private final ServerProcess server;
    private final Child sink;
    private final BenchWorkspace workspace;

    BroadcastSender(Path folder, ServerProcess server, Child sink, BenchWorkspace workspace) {
        this.arrivals = folder.resolve("arrivals");
        this.server = server;
        this.sink = sink;
        this.workspace = workspace;
    }

    /// To so many readers from 0 on.
    BroadcastRun send(String campaign, int members) throws SQLException, InterruptedException {
        sink.ask(new SinkCommand.Question(members, 0, 0, ""), SinkCommand.Answer.class);
        var cpu =
                new CpuTimes(
                        Map.of(
                                CpuTimes.SERVER,
                                server.pid(),
                                "postgresql",
                                server.postgresPid(),
                                "sink",
                                sink.pid()));
        int mails = Reader.writtenTo(members);
        long begin = Times.nowMicros();
        String execution = workspace.trigger(campaign, 0);
        double heap = 0;
        for (int look = 1; look <= LOOKS; look++) {
            await((int) ((long) mails * look / (LOOKS + 1)));
            heap = Math.max(heap, LiveHeap.megabytes(server.pid()));
        }
        await(mails);
        Map<String, Double> cpuPerMessage = cpu.microsPerMessage(mails);
        // Those who are excluded may be the last, and a mail too many as well.
        var _ = workspace.awaitEnd(execution);
        SinkCommand.Answer arrived = await(mails);
        return run(members, begin, arrived, excluded(execution), heap, cpuPerMessage);
    }

    private SinkCommand.Answer await(int mails) {
        return sink.ask(
                new SinkCommand.Question(-1, mails, PATIENCE_SECONDS, arrivals.toString()),
                SinkCommand.Answer.class);
    }

    private BroadcastRun run(
            int members,
            long begin,
            SinkCommand.Answer arrived,
            Map<String, Long> excluded,
            double heap,
            Map<String, Double> cpu) {
        long[] micros = Times.load(arrivals);
        long lost = 0;
        long wronglySent = 0;
        for (int number = 0; number < micros.length; number++) {
            if (Reader.isWrittenTo(number)) {
                lost += micros[number] == 0 ? 1 : 0;
            } else {
                wronglySent += micros[number] == 0 ? 0 : 1;
            }
        }
        return new BroadcastRun(
                members,
                (arrived.lastMicros() - begin) / 1e6,
                lost,
                arrived.doubled(),
                wronglySent,
                excluded,
                heap,
                cpu);
    }

    private Map<String, Long> excluded(String execution) throws SQLException {
        var excluded = new TreeMap<String, Long>();
        try (Connection connection =
                        DriverManager.getConnection(
                                server.jdbcUrl(), "campanile", server.databasePassword());
                PreparedStatement query = connection.prepareStatement(EXCLUDED)) {
            query.setObject(
                    1, UUID.fromString(execution.substring(execution.lastIndexOf('/') + 1)));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    excluded.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return excluded;
    }
}

package io.campanile.bench;

import io.campanile.bench.Delivery.Run;
import io.campanile.bench.load.LoadJob.Way;
import io.campanile.bench.process.Child;
import io.campanile.bench.process.ServerProcess;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// What a long history costs.
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "`deliver` on a database full of finished messages, against an empty one.")
final class HistoryCommand implements Callable<Integer> {
    @Mixin private BenchOptions options = new BenchOptions();

    @Option(
            names = "--rows",
            defaultValue = "10000000",
            description = "How many finished messages there are (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--messages",
            defaultValue = "100000",
            description = "How many messages a round has (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--warm-up",
            defaultValue = "120000",
            description = "How many messages each server sends before (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description =
                    "How often both are measured, in turn; the medians count (default:"
                            + " ${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws SQLException, InterruptedException {
        if (options.quick()) {
            rows = Math.min(rows, 3_000);
            messages = 500;
            warmUp = 100;
            rounds = 1;
        }
        try (Workbench workbench = options.workbench()) {
            Child sink = Delivery.sink(workbench);
            double seedSeconds = seed(workbench, sink);
            workbench.end(create(workbench, sink, "empty"));
            var empty = new ArrayList<Run>();
            var seeded = new ArrayList<Run>();
            for (int round = 1; round <= rounds; round++) {
                empty.add(run(workbench, sink, "empty"));
                seeded.add(run(workbench, sink, "seeded"));
                options.say(
                        "Round %d: %,.0f/s on the empty database, %,.0f/s on the seeded one",
                        round, empty.getLast().handedOverPerS(), seeded.getLast().handedOverPerS());
            }
            options.print(report(empty, seeded, seedSeconds));
        }
        return 0;
    }

    private double seed(Workbench workbench, Child sink) throws SQLException, InterruptedException {
        ServerProcess server = create(workbench, sink, "seeded");
        double seconds = new HistorySeed(server.jdbcUrl(), server.databasePassword()).seed(rows);
        options.say("Seeded %,d messages in %.0f s", rows, seconds);
        workbench.end(server);
        return seconds;
    }

    private static ServerProcess create(Workbench workbench, Child sink, String data) {
        ServerProcess server = workbench.server(data, Map.of());
        Delivery.createCampaign(server, sink);
        return server;
    }

    private Run run(Workbench workbench, Child sink, String data) {
        Delivery delivery = Delivery.on(workbench, workbench.server(data, Map.of()), sink);
        try {
            delivery.run(Way.STREAM, DeliverCommand.STREAM_IN_FLIGHT, warmUp);
            return delivery.run(Way.STREAM, DeliverCommand.STREAM_IN_FLIGHT, messages);
        } finally {
            delivery.end();
        }
    }

    private Report report(List<Run> empty, List<Run> seeded, double seedSeconds) {
        Run before = DeliverCommand.median(empty);
        Run main = DeliverCommand.median(seeded);
        var all = new ArrayList<>(empty);
        all.addAll(seeded);
        return new Report(
                "history",
                "stream",
                main.messages(),
                Report.round(main.seconds()),
                Report.round(main.load().acceptedPerS()),
                Report.round(main.handedOverPerS()),
                Report.round(main.load().p50Ms()),
                Report.round(main.load().p99Ms()),
                Report.round(main.handoverP50Ms()),
                Report.round(main.handoverP99Ms()),
                all.stream().mapToLong(Run::lost).sum(),
                all.stream().mapToLong(Run::duplicated).sum(),
                Map.of("empty_handed_over_per_s", Report.round(before.handedOverPerS())),
                Map.of("empty", Report.round(main.handedOverPerS() / before.handedOverPerS())),
                List.of(Map.of("rows", rows, "seed_seconds", Report.round(seedSeconds))),
                main.cpuMicrosPerMessage());
    }
}

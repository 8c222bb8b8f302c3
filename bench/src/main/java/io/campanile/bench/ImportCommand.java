package io.campanile.bench;

import io.campanile.bench.process.CpuTimes;
import io.campanile.bench.process.ServerProcess;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// How fast people become known.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Sends new profiles through ImportProfiles, against bare inserts of the same rows.")
final class ImportCommand implements Callable<Integer> {
    @Mixin private BenchOptions options = new BenchOptions();

    @Option(
            names = "--profiles",
            defaultValue = "200000",
            description = "How many profiles are imported (default: ${DEFAULT-VALUE}).")
    private int profiles;

    @Option(
            names = "--warm-up",
            defaultValue = "200000",
            description = "How many others are imported before (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--streams",
            defaultValue = "2",
            description = "How many streams there are at once (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Override
    public Integer call() throws SQLException {
        if (options.quick()) {
            profiles = Math.min(profiles, 2_000);
            warmUp = 500;
        }
        try (Workbench workbench = options.workbench()) {
            ServerProcess server = workbench.server("data", Map.of());
            var api = new ImportRun(server.address(), server.ownerKey(), streams);
            var bare = new ImportRows(server.jdbcUrl(), server.databasePassword());
            options.say("Warming up with %,d profiles", warmUp);
            var _ = api.send(profiles, profiles + warmUp);
            bare.insert(profiles, profiles + warmUp);
            var cpu =
                    new CpuTimes(
                            Map.of(
                                    CpuTimes.SERVER,
                                    server.pid(),
                                    "postgresql",
                                    server.postgresPid()));
            long begin = System.nanoTime();
            long created = api.send(0, profiles);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Map<String, Double> cpuPerProfile = cpu.microsPerMessage(profiles);
            options.say("Imported %,d profiles in %.1f s", created, seconds);
            begin = System.nanoTime();
            bare.insert(0, profiles);
            double bareSeconds = (System.nanoTime() - begin) / 1e9;
            options.print(report(created, seconds, bareSeconds, cpuPerProfile));
        }
        return 0;
    }

    private Report report(
            long created, double seconds, double bareSeconds, Map<String, Double> cpu) {
        double perSecond = created / seconds;
        double barePerSecond = profiles / bareSeconds;
        return new Report(
                "import",
                streams + " streams",
                created,
                Report.round(seconds),
                Report.round(perSecond),
                null,
                null,
                null,
                null,
                null,
                profiles - created,
                null,
                Map.of("bare_insert_per_s", Report.round(barePerSecond)),
                Map.of("bare_insert", Report.round(perSecond / barePerSecond)),
                List.of(),
                cpu);
    }
}

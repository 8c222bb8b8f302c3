package io.campanile.bench;

import io.campanile.bench.process.Child;
import io.campanile.bench.process.ServerProcess;
import io.campanile.bench.sink.SinkCommand;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Whether one-time codes wait behind broadcasts, and broadcasts behind each other.
@Command(
        name = "lanes",
        mixinStandardHelpOptions = true,
        description =
                "Transactional triggers at a fixed rate, from the call to an SMTP sink: alone,"
                        + " during a broadcast at 70 %% of what the server can send, and during one"
                        + " as fast as it can. Then two campaigns, and two workspaces, broadcasting"
                        + " at once.")
final class LanesCommand implements Callable<Integer> {
    private static final double PART = 0.7;

    /// At most so many milliseconds, or twice the idle figure.
    private static final double FAST_ENOUGH_MS = 50;

    private static final String ANOTHER = "another";

    @Mixin private BenchOptions options = new BenchOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--seconds",
            defaultValue = "40",
            description = "How long each level lasts (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            description =
                    "How many seconds of a broadcast and codes come before (default:"
                            + " ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--members",
            defaultValue = "250000",
            description =
                    "How many members each audience has: more than can be sent in one level"
                            + " (default: ${DEFAULT-VALUE}).")
    private int members;

    @Option(
            names = "--codes",
            defaultValue = "50",
            description = "How many codes are sent a second (default: ${DEFAULT-VALUE}).")
    private int codes;

    @Option(
            names = "--window",
            defaultValue = "10",
            description =
                    "Over how many seconds broadcasts have to be equal (default:"
                            + " ${DEFAULT-VALUE}).")
    private double window;

    @Override
    public Integer call() throws SQLException, InterruptedException {
        if (options.quick()) {
            seconds = 1;
            warmUp = 1;
            members = 4_000;
            window = 0.5;
        }
        check();
        try (Workbench workbench = options.workbench()) {
            Child sink = Delivery.sink(workbench);
            ServerProcess server = workbench.server("data", Map.of());
            Delivery.createCampaign(server, sink);
            try (BenchWorkspace own = BenchWorkspace.on(server);
                    BenchWorkspace other = own.another(ANOTHER)) {
                List<Newsletter> newsletters = seed(server, sink, own, other);
                Report report = measure(new LanesRun(workbench, server, sink), newsletters);
                options.print(report);
                return report.losesOrDoubles() ? 1 : 0;
            }
        }
    }

    private void check() {
        boolean sound = seconds >= 1 && warmUp >= 0 && window > 0 && window <= seconds;
        if (!sound) {
            throw misused(
                    "--seconds takes 1 or more, --warm-up 0 or more, --window more than 0 and at"
                            + " most as much as --seconds");
        }
        if (codes < 1 || (long) codes * Math.max(seconds, warmUp) > Newsletter.MOST_CODES) {
            throw misused(
                    "--codes takes 1 or more, but %,d in all of --seconds and of --warm-up at most"
                            .formatted(Newsletter.MOST_CODES));
        }
        if (members < 1 || members > Newsletter.MOST_READERS) {
            throw misused("--members takes 1 to %,d".formatted(Newsletter.MOST_READERS));
        }
    }

    private ParameterException misused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    /// Two in one workspace and one in another, with as many readers of their own each.
    private List<Newsletter> seed(
            ServerProcess server, Child sink, BenchWorkspace own, BenchWorkspace other)
            throws SQLException {
        Instant start = Instant.now();
        int port = sink.ready(SinkCommand.Answer.class).port();
        own.createConfiguration(port);
        other.createConfiguration(port);
        var newsletters =
                List.of(
                        new Newsletter(own, "first", 0, members),
                        new Newsletter(own, "second", 1, members),
                        new Newsletter(other, "third", 2, members));
        var seed = new ReaderSeed(server);
        for (Newsletter newsletter : newsletters) {
            newsletter.create(seed);
        }
        options.say("Seeded %,d readers in %.0f s", 3 * members, seed.tidy(start));
        return newsletters;
    }

    private Report measure(LanesRun run, List<Newsletter> newsletters) throws InterruptedException {
        Newsletter first = newsletters.getFirst();
        if (warmUp > 0) {
            var _ = run.level(first, 0, codes, warmUp);
        }
        LanesRun.Level idle = run.idle(codes, seconds);
        said("idle", idle);
        double capacity = run.capacity(first, seconds);
        options.say("A broadcast on its own: %,.0f mails/s", capacity);
        LanesRun.Level part = run.level(first, capacity * PART, codes, seconds);
        said("70 %", part);
        LanesRun.Level full = run.level(first, 0, codes, seconds);
        said("100 %", full);
        long micros = (long) (window * TimeUnit.SECONDS.toMicros(1));
        Fairness campaigns = run.fairness(first, newsletters.get(1), seconds, micros);
        Fairness workspaces = run.fairness(first, newsletters.get(2), seconds, micros);
        return report(idle, part, full, capacity, campaigns, workspaces);
    }

    private void said(String load, LanesRun.Level level) {
        options.say(
                "%s: p50 %.1f ms, p99 %.1f ms beside %,.0f mails/s",
                load, level.handoverP50Ms(), level.handoverP99Ms(), level.broadcastPerS());
    }

    private Report report(
            LanesRun.Level idle,
            LanesRun.Level part,
            LanesRun.Level full,
            double capacity,
            Fairness campaigns,
            Fairness workspaces) {
        var all = List.of(idle, part, full);
        return new Report(
                "lanes",
                "unary",
                all.stream().mapToLong(LanesRun.Level::codes).sum(),
                3.0 * seconds,
                (double) codes,
                Report.round(capacity),
                Report.round(part.acceptP50Ms()),
                Report.round(part.acceptP99Ms()),
                Report.round(part.handoverP50Ms()),
                Report.round(part.handoverP99Ms()),
                all.stream().mapToLong(LanesRun.Level::lost).sum(),
                all.stream().mapToLong(LanesRun.Level::duplicated).sum(),
                Map.of("idle_handover_p99_ms", Report.round(idle.handoverP99Ms())),
                ratios(idle, part, full, campaigns, workspaces),
                List.of(idle.figures("idle"), part.figures("70"), full.figures("100")),
                full.cpuMicrosPerMessage());
    }

    private static Map<String, Double> ratios(
            LanesRun.Level idle,
            LanesRun.Level part,
            LanesRun.Level full,
            Fairness campaigns,
            Fairness workspaces) {
        Fairness both = campaigns.and(workspaces);
        double limit = Math.max(2 * idle.handoverP99Ms(), FAST_ENOUGH_MS);
        var ratios = new LinkedHashMap<String, Double>();
        ratios.put("p99_70_of_limit", Report.round(part.handoverP99Ms() / limit));
        ratios.put("p99_70", Report.round(part.handoverP99Ms() / idle.handoverP99Ms()));
        ratios.put("p99_100", Report.round(full.handoverP99Ms() / idle.handoverP99Ms()));
        ratios.put("fairness_min", Report.round(both.min()));
        ratios.put("fairness_max", Report.round(both.max()));
        ratios.put("campaigns_min", Report.round(campaigns.min()));
        ratios.put("campaigns_max", Report.round(campaigns.max()));
        ratios.put("workspaces_min", Report.round(workspaces.min()));
        ratios.put("workspaces_max", Report.round(workspaces.max()));
        return ratios;
    }
}

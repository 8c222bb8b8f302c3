package io.campanile.bench;

import io.campanile.bench.load.BenchContent;
import io.campanile.bench.load.Echo;
import io.campanile.bench.load.LoadJob;
import io.campanile.bench.load.LoadJob.Way;
import io.campanile.bench.load.LoadResult;
import io.campanile.bench.process.Child;
import io.campanile.bench.process.CpuTimes;
import io.campanile.bench.process.ServerProcess;
import io.campanile.v1.DeliveryLimits;
import io.campanile.v1.EmailContent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// How fast triggers are accepted.
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description =
                "Unary triggers of one recipient and 1 kB context each, on a node that only"
                        + " accepts.")
final class AcceptCommand implements Callable<Integer> {
    private static final int MAIN_LEVEL = 64;
    private static final List<Integer> OTHER_LEVELS = List.of(16, 256);
    private static final double OVERLOAD = 4;
    private static final int OVERLOAD_IN_FLIGHT = 20_000;
    private static final int DISCARD_PORT = 9;

    @Mixin private BenchOptions options = new BenchOptions();

    private final List<Map<String, Object>> levels = new ArrayList<>();
    private final List<LoadResult> triggered = new ArrayList<>();
    private double seconds;
    private double echoWarmUp;
    private double warmUp;
    private double overload;
    private int rounds;

    @Override
    public Integer call() {
        seconds = options.quick() ? 1 : 5;
        echoWarmUp = options.quick() ? 0.5 : 10;
        warmUp = options.quick() ? 1 : 60;
        overload = options.quick() ? 1 : 10;
        rounds = options.quick() ? 1 : 3;
        try (Workbench workbench = options.workbench()) {
            ServerProcess server = workbench.server("data", Map.of("CAMPANILE_ROLE", "api"));
            BenchCampaign.create(
                    server.address(),
                    server.ownerKey(),
                    DISCARD_PORT,
                    DeliveryLimits.getDefaultInstance(),
                    EmailContent.newBuilder()
                            .setSubject("Your order {{context.orderId}}")
                            .setHtml(BenchContent.ACCEPT_HTML)
                            .build());
            Child echo = workbench.child("echo", List.of("echo"), Map.of());
            Child load =
                    workbench.child(
                            "load",
                            List.of(
                                    "load",
                                    "--server=" + server.address(),
                                    "--echo=" + echo.ready(Echo.Ready.class).address(),
                                    "--campaign=" + BenchCampaign.NAME,
                                    "--context=" + BenchContent.ACCEPT_CONTEXT),
                            Map.of("CAMPANILE_API_KEY", server.ownerKey()));
            options.print(measure(server, load));
        }
        return 0;
    }

    private Report measure(ServerProcess server, Child load) {
        options.say("Warming up");
        run(load, LoadJob.closed(Way.ECHO, MAIN_LEVEL, echoWarmUp));
        run(load, LoadJob.closed(Way.UNARY, MAIN_LEVEL, warmUp));

        var echoes = new ArrayList<LoadResult>();
        var accepts = new ArrayList<LoadResult>();
        Map<String, Double> cpuPerMessage = Map.of();
        for (int round = 1; round <= rounds; round++) {
            echoes.add(run(load, LoadJob.closed(Way.ECHO, MAIN_LEVEL, seconds)));
            CpuTimes cpu = cpuTimes(server, load);
            accepts.add(run(load, LoadJob.closed(Way.UNARY, MAIN_LEVEL, seconds)));
            cpuPerMessage = cpu.microsPerMessage(Math.max(1, accepts.getLast().accepted()));
            options.say(
                    "Round %d: echo %,.0f/s, accepted %,.0f/s",
                    round, echoes.getLast().acceptedPerS(), accepts.getLast().acceptedPerS());
        }
        LoadResult main = median(accepts);
        level("in_flight", MAIN_LEVEL, main);
        double peak = Math.max(main.acceptedPerS(), peakOfOtherLevels(load));
        LoadResult overload = overload(server, load, peak);
        var stored = StoredTriggers.of(server, BenchCampaign.NAME);
        return report(main, median(echoes), overload, peak, stored, cpuPerMessage);
    }

    private static CpuTimes cpuTimes(ServerProcess server, Child load) {
        return new CpuTimes(
                Map.of(
                        CpuTimes.SERVER,
                        server.pid(),
                        "postgresql",
                        server.postgresPid(),
                        "client",
                        load.pid()));
    }

    private double peakOfOtherLevels(Child load) {
        double peak = 0;
        for (int inFlight : OTHER_LEVELS) {
            LoadResult result = run(load, LoadJob.closed(Way.UNARY, inFlight, seconds));
            level("in_flight", inFlight, result);
            peak = Math.max(peak, result.acceptedPerS());
        }
        return peak;
    }

    private Report report(
            LoadResult main,
            LoadResult echo,
            LoadResult overload,
            double peak,
            StoredTriggers stored,
            Map<String, Double> cpuPerMessage) {
        var ratios = new LinkedHashMap<String, Double>();
        ratios.put("echo_64", Report.round(main.acceptedPerS() / echo.acceptedPerS()));
        ratios.put("overload_accepted_of_peak", Report.round(overload.acceptedPerS() / peak));
        return new Report(
                "accept",
                "unary",
                main.accepted(),
                Report.round(main.seconds()),
                Report.round(main.acceptedPerS()),
                null,
                Report.round(main.p50Ms()),
                Report.round(main.p99Ms()),
                null,
                null,
                stored.lost(triggered),
                stored.duplicated(triggered),
                Map.of("echo_64_per_s", Report.round(echo.acceptedPerS())),
                ratios,
                levels,
                cpuPerMessage);
    }

    private LoadResult overload(ServerProcess server, Child load, double peak) {
        options.say("Four times the peak of %,.0f/s, whatever comes back", peak);
        CpuTimes cpu = cpuTimes(server, load);
        LoadResult result =
                load.ask(
                        new LoadJob(
                                Way.UNARY,
                                OVERLOAD_IN_FLIGHT,
                                Integer.MAX_VALUE,
                                overload,
                                OVERLOAD * peak,
                                false,
                                ""),
                        LoadResult.class);
        triggered.add(result);
        Map<String, Object> level = level("load", Report.round(OVERLOAD * peak), result);
        level.put("answered_per_s", Report.round(result.answeredPerS()));
        if (result.refused() > 0) {
            level.put("refused_p50_ms", Report.round(result.refusedP50Ms()));
            level.put("refused_p99_ms", Report.round(result.refusedP99Ms()));
        }
        level.put("unsent", result.unsent());
        level.put("cpu_micros_per_message", cpu.microsPerMessage(Math.max(1, result.accepted())));
        return result;
    }

    private Map<String, Object> level(String what, Object load, LoadResult result) {
        var level = new LinkedHashMap<String, Object>();
        level.put(what, load);
        level.put("accepted_per_s", Report.round(result.acceptedPerS()));
        level.put("accept_p50_ms", Report.round(result.p50Ms()));
        level.put("accept_p99_ms", Report.round(result.p99Ms()));
        level.put("refused", result.refused());
        level.put("failed", result.failed());
        levels.add(level);
        return level;
    }

    private LoadResult run(Child load, LoadJob job) {
        LoadResult result = load.ask(job, LoadResult.class);
        if (job.way() == Way.UNARY) {
            triggered.add(result);
        }
        if (result.failed() > 0 || result.accepted() == 0) {
            throw new IllegalStateException(
                    "%d of the calls failed, first: %s"
                            .formatted(result.failed(), result.firstFailure()));
        }
        return result;
    }

    private static LoadResult median(List<LoadResult> results) {
        return results.stream()
                .sorted(Comparator.comparingDouble(LoadResult::acceptedPerS))
                .toList()
                .get(results.size() / 2);
    }
}

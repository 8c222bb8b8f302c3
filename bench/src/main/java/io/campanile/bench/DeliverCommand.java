package io.campanile.bench;

import io.campanile.bench.Delivery.Run;
import io.campanile.bench.load.LoadJob.Way;
import io.campanile.bench.process.Child;
import io.campanile.bench.process.ServerProcess;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// How fast mails leave.
@Command(
        name = "deliver",
        mixinStandardHelpOptions = true,
        description = "4 kB mails with ten variables each, from the trigger to an SMTP sink.")
final class DeliverCommand implements Callable<Integer> {
    static final int STREAM_IN_FLIGHT = 512;
    private static final int UNARY_IN_FLIGHT = 16;
    private static final double PACED_SECONDS = 10;

    @Mixin private BenchOptions options = new BenchOptions();

    @Option(
            names = "--messages",
            defaultValue = "100000",
            description = "How many messages a round has (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--warm-up",
            defaultValue = "120000",
            description = "How many messages are sent before (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How many rounds; the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    private final List<Map<String, Object>> levels = new ArrayList<>();

    @Override
    public Integer call() {
        if (options.quick()) {
            messages = 500;
            warmUp = 100;
            rounds = 1;
        }
        try (Workbench workbench = options.workbench()) {
            Child sink = Delivery.sink(workbench);
            ServerProcess server = workbench.server("data", Map.of());
            Delivery.createCampaign(server, sink);
            options.print(measure(Delivery.on(workbench, server, sink)));
        }
        return 0;
    }

    private Report measure(Delivery delivery) {
        options.say("Warming up with %,d messages", warmUp);
        delivery.run(Way.STREAM, STREAM_IN_FLIGHT, warmUp);
        delivery.direct(warmUp / 4);

        var runs = new ArrayList<Run>();
        var direct = new ArrayList<Double>();
        for (int round = 1; round <= rounds; round++) {
            runs.add(delivery.run(Way.STREAM, STREAM_IN_FLIGHT, messages));
            direct.add(delivery.direct(messages / 2));
            options.say(
                    "Round %d: %,.0f/s handed over, %,.0f/s by a plain program",
                    round, runs.getLast().handedOverPerS(), direct.getLast());
        }
        Run main = median(runs);
        double baseline = direct.stream().sorted().toList().get(rounds / 2);

        Run unary = delivery.run(Way.UNARY, UNARY_IN_FLIGHT, messages / 2);
        level("in_flight", UNARY_IN_FLIGHT, unary);
        double tenth = main.handedOverPerS() / 10;
        int paced = (int) (tenth * (options.quick() ? 1 : PACED_SECONDS));
        Run atATenth = delivery.run(Way.UNARY, STREAM_IN_FLIGHT, paced, tenth);
        level("load", Report.round(tenth), atATenth);
        runs.add(unary);
        runs.add(atATenth);
        return report(main, unary, atATenth, runs, baseline);
    }

    private Report report(Run main, Run unary, Run paced, List<Run> runs, double baseline) {
        return new Report(
                "deliver",
                "stream",
                main.messages(),
                Report.round(main.seconds()),
                Report.round(main.load().acceptedPerS()),
                Report.round(main.handedOverPerS()),
                Report.round(unary.load().p50Ms()),
                Report.round(unary.load().p99Ms()),
                Report.round(paced.handoverP50Ms()),
                Report.round(paced.handoverP99Ms()),
                runs.stream().mapToLong(Run::lost).sum(),
                runs.stream().mapToLong(Run::duplicated).sum(),
                Map.of("direct_smtp_per_s", Report.round(baseline)),
                Map.of("direct_smtp", Report.round(main.handedOverPerS() / baseline)),
                levels,
                main.cpuMicrosPerMessage());
    }

    private void level(String what, Object load, Run run) {
        var level = new LinkedHashMap<String, Object>();
        level.put(what, load);
        level.put("messages", run.messages());
        level.put("accepted_per_s", Report.round(run.load().acceptedPerS()));
        level.put("handed_over_per_s", Report.round(run.handedOverPerS()));
        level.put("accept_p50_ms", Report.round(run.load().p50Ms()));
        level.put("accept_p99_ms", Report.round(run.load().p99Ms()));
        level.put("handover_p50_ms", Report.round(run.handoverP50Ms()));
        level.put("handover_p99_ms", Report.round(run.handoverP99Ms()));
        levels.add(level);
    }

    static Run median(List<Run> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Run::handedOverPerS))
                .toList()
                .get(runs.size() / 2);
    }
}

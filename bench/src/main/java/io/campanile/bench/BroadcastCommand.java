package io.campanile.bench;

import io.campanile.bench.FanOutRounds.Speeds;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// What a campaign to everybody costs.
@Command(
        name = "broadcast",
        mixinStandardHelpOptions = true,
        description =
                "Campaigns for audiences with profiles, consents, caps and quiet hours, of whom a"
                        + " tenth is excluded for five reasons: the writing of the messages on its"
                        + " own, against bare inserts of the same rows; then from the trigger to"
                        + " the last mail at an SMTP sink, with the server's live heap.")
final class BroadcastCommand implements Callable<Integer> {
    private static final int LARGEST = 5_000_000;
    private static final int SMALLEST = 10_000;
    private static final int PLAIN_MAILS = 40_000;

    /// Their caps are counted: nobody may get as many messages as [BroadcastRules#CAP].
    private static final int MOST_WARM_UPS = BroadcastRules.CAP / 2;

    @Mixin private BenchOptions options = new BenchOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--members",
            split = ",",
            defaultValue = "10000,1000000",
            description =
                    "The sizes of the audiences, from the smallest on; the last one's figures are"
                            + " the report's, and a single one is compared with 10000 (default:"
                            + " ${DEFAULT-VALUE}).")
    private List<Integer> members = new ArrayList<>();

    @Option(
            names = "--rounds",
            defaultValue = "15",
            description =
                    "How often the writing and the bare inserts are measured, in turn, after half"
                            + " as many to warm up; the medians count (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "8",
            description =
                    "How many broadcasts to the smallest audience are sent before (default:"
                            + " ${DEFAULT-VALUE}).")
    private int warmUp;

    @Override
    public Integer call() throws SQLException, InterruptedException {
        if (options.quick()) {
            members = List.of(500, 1_500);
            rounds = 2;
            warmUp = 1;
        }
        if (members.size() == 1 && members.getFirst() > SMALLEST) {
            members = List.of(SMALLEST, members.getFirst());
        }
        check();
        try (Workbench workbench = options.workbench()) {
            Child sink = Delivery.sink(workbench);
            Speeds speeds = writing(workbench, sink);
            List<BroadcastRun> runs = new ArrayList<>();
            double direct = sending(workbench, sink, runs);
            options.print(report(speeds, runs, direct));
            return runs.stream().allMatch(BroadcastRun::isRight) ? 0 : 1;
        }
    }

    private void check() {
        boolean ascending = true;
        for (int level = 1; level < members.size(); level++) {
            ascending &= members.get(level - 1) < members.get(level);
        }
        if (!ascending || members.getFirst() < Reader.OF || members.getLast() > LARGEST) {
            throw misused(
                    "--members takes sizes from %d to %,d, ascending"
                            .formatted(Reader.OF, LARGEST));
        }
        if (rounds < 1 || warmUp < 0 || warmUp > MOST_WARM_UPS) {
            throw misused("--rounds takes 1 or more, --warm-up 0 to %d".formatted(MOST_WARM_UPS));
        }
    }

    private ParameterException misused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private static String campaign(int members) {
        return "news-" + members;
    }

    /// On a server that only answers calls, so that nothing is delivered meanwhile.
    private Speeds writing(Workbench workbench, Child sink)
            throws SQLException, InterruptedException {
        ServerProcess server = workbench.server("data", Map.of("CAMPANILE_ROLE", "api"));
        int smallest = Math.min(members.getFirst(), FanOutRounds.MOST_MEMBERS);
        try (BenchWorkspace workspace = BenchWorkspace.on(server)) {
            seed(server, workspace, sink, smallest);
            try (var fanOut = new FanOutRounds(server, workspace, campaign(smallest), smallest)) {
                fanOut.run((rounds + 1) / 2);
                Speeds speeds = fanOut.run(rounds);
                options.say(
                        "%,.0f messages/s written, %,.0f/s by bare inserts",
                        speeds.fanOut(), speeds.bare());
                return speeds;
            }
        } finally {
            workbench.end(server);
        }
    }

    /// Everybody once, and an audience for each size and for the writing.
    private void seed(ServerProcess server, BenchWorkspace workspace, Child sink, int smallest)
            throws SQLException {
        Instant start = Instant.now();
        workspace.createConfiguration(sink.ready(SinkCommand.Answer.class).port());
        String ruleSet = workspace.createRuleSet(BroadcastRules.at(start));
        var seed = new ReaderSeed(server);
        seed.mixed(members.getLast());
        var sizes = new ArrayList<>(members);
        if (!sizes.contains(smallest)) {
            sizes.add(smallest);
        }
        for (int size : sizes) {
            workspace.createCampaign(campaign(size), List.of(ruleSet));
            seed.members(workspace.id(), campaign(size), 0, size);
        }
        options.say("Seeded %,d readers in %.0f s", members.getLast(), seed.tidy(start));
    }

    /// Adds what became of the broadcasts; returns how many mails a second a plain program sends,
    /// which is measured before and after the last of them.
    private double sending(Workbench workbench, Child sink, List<BroadcastRun> runs)
            throws SQLException, InterruptedException {
        ServerProcess server = workbench.server("data", Map.of());
        Delivery plain = Delivery.on(workbench, server, sink);
        int plainMails = options.quick() ? 500 : PLAIN_MAILS;
        try (BenchWorkspace workspace = BenchWorkspace.on(server)) {
            var sender = new BroadcastSender(workbench.folder(), server, sink, workspace);
            for (int broadcast = 0; broadcast < warmUp; broadcast++) {
                sender.send(campaign(members.getFirst()), members.getFirst());
            }
            plain.direct(plainMails);
            double before = 0;
            for (int size : members) {
                before = plain.direct(plainMails);
                runs.add(send(sender, size));
            }
            return (before + plain.direct(plainMails)) / 2;
        }
    }

    private BroadcastRun send(BroadcastSender sender, int size)
            throws SQLException, InterruptedException {
        BroadcastRun run = sender.send(campaign(size), size);
        options.say(
                "%,d members: %,.0f mails/s, %.1f MB of heap, excluded %s",
                size, run.perSecond(), run.heapMegabytes(), run.excluded());
        return run;
    }

    private Report report(Speeds speeds, List<BroadcastRun> runs, double direct) {
        BroadcastRun main = runs.getLast();
        double heap = main.heapMegabytes() / runs.getFirst().heapMegabytes();
        return new Report(
                "broadcast",
                "audience",
                main.mails(),
                Report.round(main.seconds()),
                null,
                Report.round(main.perSecond()),
                null,
                null,
                null,
                null,
                runs.stream().mapToLong(BroadcastRun::lost).sum(),
                runs.stream().mapToLong(BroadcastRun::duplicated).sum(),
                Map.of(
                        "bare_insert_per_s", Report.round(speeds.bare()),
                        "direct_smtp_per_s", Report.round(direct)),
                Map.of(
                        "fan_out", Report.round(speeds.ratio()),
                        "direct_smtp", Report.round(main.perSecond() / direct),
                        "heap", Report.round(heap)),
                runs.stream().map(BroadcastRun::level).toList(),
                main.cpuMicrosPerMessage());
    }
}

package io.campanile.bench;

import io.campanile.bench.load.BenchContent;
import io.campanile.bench.load.LoadJob;
import io.campanile.bench.load.LoadJob.Way;
import io.campanile.bench.load.LoadResult;
import io.campanile.bench.process.Child;
import io.campanile.bench.process.CpuTimes;
import io.campanile.bench.process.ServerProcess;
import io.campanile.bench.process.Times;
import io.campanile.bench.sink.SinkCommand;
import io.campanile.v1.DeliveryLimits;
import io.campanile.v1.EmailContent;

import org.HdrHistogram.Histogram;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A server, a load generator and a sink, and runs from the first trigger to the last mail.
final class Delivery {
    private static final double PATIENCE_SECONDS = 600;

    private final Workbench workbench;
    private final ServerProcess server;
    private final Child sink;
    private final Child load;

    private Delivery(Workbench workbench, ServerProcess server, Child sink, Child load) {
        this.workbench = workbench;
        this.server = server;
        this.sink = sink;
        this.load = load;
    }

    /// What a run came to.
    ///
    /// @param seconds from the first trigger to the last mail at the sink
    /// @param messages accepted
    /// @param lost accepted and never arrived
    /// @param duplicated arrived beyond the first time
    record Run(
            LoadResult load,
            long messages,
            double seconds,
            double handoverP50Ms,
            double handoverP99Ms,
            long lost,
            long duplicated,
            Map<String, Double> cpuMicrosPerMessage) {

        double handedOverPerS() {
            return (messages - lost) / seconds;
        }
    }

    static Child sink(Workbench workbench) {
        return workbench.child("sink", List.of("sink"), Map.of());
    }

    /// The campaign of 4 kB mails, sent to the sink.
    static void createCampaign(ServerProcess server, Child sink) {
        BenchCampaign.create(
                server.address(),
                server.ownerKey(),
                smtpPort(sink),
                DeliveryLimits.getDefaultInstance(),
                EmailContent.newBuilder()
                        .setSubject(BenchContent.DELIVER_SUBJECT)
                        .setHtml(BenchContent.DELIVER_HTML)
                        .setText(BenchContent.DELIVER_TEXT)
                        .build());
    }

    static Delivery on(Workbench workbench, ServerProcess server, Child sink) {
        Child load =
                workbench.child(
                        "load",
                        List.of(
                                "load",
                                "--server=" + server.address(),
                                "--smtp=" + smtpPort(sink),
                                "--campaign=" + BenchCampaign.NAME,
                                "--context=" + BenchContent.DELIVER_CONTEXT),
                        Map.of("CAMPANILE_API_KEY", server.ownerKey()));
        return new Delivery(workbench, server, sink, load);
    }

    private static int smtpPort(Child sink) {
        return sink.ready(SinkCommand.Answer.class).port();
    }

    /// So many messages, as fast as they are accepted.
    Run run(Way way, int inFlight, int messages) {
        return run(way, inFlight, messages, 0);
    }

    /// So many messages, so many a second; 0 for as fast as they are accepted.
    Run run(Way way, int inFlight, int messages, double perSecond) {
        Path starts = workbench.folder().resolve("starts");
        Path arrivals = workbench.folder().resolve("arrivals");
        sink.ask(new SinkCommand.Question(messages, 0, 0, ""), SinkCommand.Answer.class);
        var cpu =
                new CpuTimes(
                        Map.of(
                                CpuTimes.SERVER,
                                server.pid(),
                                "postgresql",
                                server.postgresPid(),
                                "client",
                                load.pid(),
                                "sink",
                                sink.pid()));
        LoadResult result =
                load.ask(
                        new LoadJob(
                                way,
                                inFlight,
                                messages,
                                PATIENCE_SECONDS,
                                perSecond,
                                true,
                                starts.toString()),
                        LoadResult.class);
        if (result.failed() > 0) {
            throw new IllegalStateException(
                    "%d of the triggers failed, first: %s"
                            .formatted(result.failed(), result.firstFailure()));
        }
        SinkCommand.Answer arrived =
                sink.ask(
                        new SinkCommand.Question(
                                -1, messages, PATIENCE_SECONDS, arrivals.toString()),
                        SinkCommand.Answer.class);
        Map<String, Double> cpuPerMessage = cpu.microsPerMessage(messages);
        return compare(result, arrived, Times.load(starts), Times.load(arrivals), cpuPerMessage);
    }

    private static Run compare(
            LoadResult load,
            SinkCommand.Answer sink,
            long[] starts,
            long[] arrivals,
            Map<String, Double> cpu) {
        var latencies = new Histogram(3);
        long lost = 0;
        for (int number = 0; number < starts.length; number++) {
            if (arrivals[number] == 0) {
                lost++;
            } else {
                latencies.recordValue(Math.max(0, arrivals[number] - starts[number]));
            }
        }
        return new Run(
                load,
                starts.length,
                (sink.lastMicros() - load.beginMicros()) / 1e6,
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                lost,
                sink.doubled(),
                cpu);
    }

    /// The same mails from a plain program over eight connections, in mails a second.
    double direct(int messages) {
        sink.ask(new SinkCommand.Question(messages, 0, 0, ""), SinkCommand.Answer.class);
        LoadResult result =
                load.ask(
                        new LoadJob(Way.SMTP, 8, messages, PATIENCE_SECONDS, 0, false, ""),
                        LoadResult.class);
        return result.acceptedPerS();
    }

    /// Ends the load generator and the server; the sink stays.
    void end() {
        workbench.end(load);
        workbench.end(server);
    }
}

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
import io.campanile.v1.MessageCounts;

import org.HdrHistogram.Histogram;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Codes and broadcasts at once on one server, counted at the sink by their numbers. Broadcasts are
/// cancelled when what is measured is over, and what they have in hand-over is waited for.
final class LanesRun {
    private static final double PATIENCE_SECONDS = 120;

    /// A caller who never waits.
    private static final int ANY_IN_FLIGHT = 100_000;

    /// When so many mails have come, a broadcast is under way.
    private static final int UNDER_WAY = 200;

    private final Path arrivals;
    private final Path starts;
    private final ServerProcess server;
    private final Child sink;
    private final Child load;

    LanesRun(Workbench workbench, ServerProcess server, Child sink) {
        this.server = server;
        this.sink = sink;
        arrivals = workbench.folder().resolve("arrivals");
        starts = workbench.folder().resolve("starts");
        load =
                workbench.child(
                        "codes",
                        List.of(
                                "load",
                                "--server=" + server.address(),
                                "--campaign=" + BenchCampaign.NAME,
                                "--context=" + BenchContent.DELIVER_CONTEXT),
                        Map.of("CAMPANILE_API_KEY", server.ownerKey()));
    }

    /// What codes met.
    ///
    /// @param handoverP50Ms from the moment the call was due to the arrival at the sink
    /// @param lateP99Ms from the moment the call was due to its start: the machine's own delays
    /// @param broadcastPerS mails of the broadcast beside them
    record Level(
            long codes,
            double acceptP50Ms,
            double acceptP99Ms,
            double handoverP50Ms,
            double handoverP99Ms,
            double handoverMaxMs,
            double lateP99Ms,
            double broadcastPerS,
            long lost,
            long duplicated,
            Map<String, Double> cpuMicrosPerMessage) {

        Map<String, Object> figures(String load) {
            var figures = new LinkedHashMap<String, Object>();
            figures.put("load", load);
            figures.put("codes", codes);
            figures.put("accept_p50_ms", Report.round(acceptP50Ms));
            figures.put("accept_p99_ms", Report.round(acceptP99Ms));
            figures.put("handover_p50_ms", Report.round(handoverP50Ms));
            figures.put("handover_p99_ms", Report.round(handoverP99Ms));
            figures.put("handover_max_ms", Report.round(handoverMaxMs));
            figures.put("late_p99_ms", Report.round(lateP99Ms));
            figures.put("broadcast_per_s", Report.round(broadcastPerS));
            return figures;
        }
    }

    /// Codes on their own.
    Level idle(int perSecond, int seconds) {
        int codes = perSecond * seconds;
        expect(codes);
        CpuTimes cpu = cpu();
        LoadResult result = codes(perSecond, seconds);
        SinkCommand.Answer arrived = await(codes);
        return level(result, perSecond, arrived, 0, cpu.microsPerMessage(codes));
    }

    /// Codes during a broadcast of so many mails a second, 0 for as many as there can be.
    Level level(Newsletter newsletter, double broadcastPerS, int perSecond, int seconds)
            throws InterruptedException {
        expect(newsletter.end());
        CpuTimes cpu = cpu();
        String execution = newsletter.workspace().trigger(newsletter.campaign(), broadcastPerS);
        await(Math.min(UNDER_WAY, newsletter.readers()));
        LoadResult result = codes(perSecond, seconds);
        long sent = end(newsletter, execution);
        int all = Math.toIntExact(sent + (long) perSecond * seconds);
        SinkCommand.Answer arrived = await(all);
        long[] mails = newsletter.arrivals(Times.load(arrivals));
        return level(result, perSecond, arrived, perSecond(mails), cpu.microsPerMessage(all));
    }

    private Level level(
            LoadResult codes,
            int perSecond,
            SinkCommand.Answer arrived,
            double broadcastPerS,
            Map<String, Double> cpu) {
        long[] micros = Times.load(arrivals);
        long[] started = Times.load(starts);
        var latencies = new Histogram(3);
        var delays = new Histogram(3);
        long lost = 0;
        for (int number = 0; number < codes.accepted(); number++) {
            // A call is due when the time that it is worth is over.
            long due =
                    codes.beginMicros() + (number + 1) * TimeUnit.SECONDS.toMicros(1) / perSecond;
            delays.recordValue(Math.max(0, started[number] - due));
            if (micros[number] == 0) {
                lost++;
            } else {
                latencies.recordValue(Math.max(0, micros[number] - due));
            }
        }
        return new Level(
                codes.accepted(),
                codes.p50Ms(),
                codes.p99Ms(),
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getMaxValue() / 1e3,
                delays.getValueAtPercentile(99) / 1e3,
                broadcastPerS,
                lost,
                arrived.doubled(),
                cpu);
    }

    /// Mails a second of a broadcast on its own.
    double capacity(Newsletter newsletter, int seconds) throws InterruptedException {
        expect(newsletter.end());
        String execution = newsletter.workspace().trigger(newsletter.campaign(), 0);
        TimeUnit.SECONDS.sleep(seconds);
        await(Math.toIntExact(end(newsletter, execution)));
        return perSecond(newsletter.arrivals(Times.load(arrivals)));
    }

    /// Two broadcasts at once.
    ///
    /// @param window in microseconds
    Fairness fairness(Newsletter one, Newsletter other, int seconds, long window)
            throws InterruptedException {
        expect(Math.max(one.end(), other.end()));
        String first = one.workspace().trigger(one.campaign(), 0);
        String second = other.workspace().trigger(other.campaign(), 0);
        TimeUnit.SECONDS.sleep(seconds);
        long sent = end(one, first) + end(other, second);
        await(Math.toIntExact(sent));
        long[] micros = Times.load(arrivals);
        return Fairness.of(one.arrivals(micros), other.arrivals(micros), window);
    }

    /// Cancels a broadcast; returns how many of its mails were sent.
    private static long end(Newsletter newsletter, String execution) throws InterruptedException {
        newsletter.workspace().cancel(execution);
        MessageCounts counts = newsletter.workspace().awaitEnd(execution);
        if (counts.getFailedCount() + counts.getUnknownCount() + counts.getExcludedCount() > 0) {
            throw new IllegalStateException("Not everybody may be written to: " + counts);
        }
        return counts.getSentCount();
    }

    private LoadResult codes(int perSecond, int seconds) {
        LoadResult result =
                load.ask(
                        new LoadJob(
                                Way.UNARY,
                                ANY_IN_FLIGHT,
                                perSecond * seconds,
                                PATIENCE_SECONDS + seconds,
                                perSecond,
                                false,
                                starts.toString()),
                        LoadResult.class);
        if (result.accepted() != (long) perSecond * seconds) {
            throw new IllegalStateException(
                    "%d codes were refused and %d failed, first: %s"
                            .formatted(result.refused(), result.failed(), result.firstFailure()));
        }
        return result;
    }

    private void expect(int numbers) {
        sink.ask(new SinkCommand.Question(numbers, 0, 0, ""), SinkCommand.Answer.class);
    }

    private SinkCommand.Answer await(int mails) {
        return sink.ask(
                new SinkCommand.Question(-1, mails, PATIENCE_SECONDS, arrivals.toString()),
                SinkCommand.Answer.class);
    }

    private CpuTimes cpu() {
        return new CpuTimes(
                Map.of(
                        CpuTimes.SERVER,
                        server.pid(),
                        "postgresql",
                        server.postgresPid(),
                        "client",
                        load.pid(),
                        "sink",
                        sink.pid()));
    }

    private static double perSecond(long[] micros) {
        long[] came = Arrays.stream(micros).filter(time -> time > 0).sorted().toArray();
        return came.length < 2 ? 0 : (came.length - 1) / ((came[came.length - 1] - came[0]) / 1e6);
    }
}

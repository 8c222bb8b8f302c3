package io.campanile.bench.sink;

import io.campanile.bench.process.Times;
import io.campanile.bench.process.Worker;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/// The sink as a process.
@Command(
        name = "sink",
        description =
                "An SMTP server on loopback that takes and counts everything, until its stdin"
                        + " ends.",
        hidden = true)
public final class SinkCommand implements Callable<Integer> {
    /// When nothing has come for so long, nothing will.
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /// A double would follow at once.
    private static final Duration AFTERMATH = Duration.ofMillis(300);

    private static final Duration LOOK = Duration.ofMillis(2);

    @Option(names = "--port", defaultValue = "0", description = "The port, 0 for any free one.")
    private int port;

    private final Arrivals arrivals = new Arrivals();

    /// Begins a run, or asks how one went.
    ///
    /// @param expect mails to expect from now on, or a negative number: report on those expected
    /// @param mails how many to wait for otherwise
    /// @param seconds how long at most
    /// @param file where to put when they came
    public record Question(int expect, int mails, double seconds, String file) {}

    /// What has come; times in microseconds since 1970.
    public record Answer(int port, long total, long doubled, long lastMicros) {}

    @Override
    public Integer call() throws Exception {
        try (var sink = new SmtpSink(port, arrivals)) {
            Worker.serve(answer(sink), Question.class, question -> answer(sink, question));
        }
        return 0;
    }

    private Answer answer(SmtpSink sink, Question question) throws InterruptedException {
        if (question.expect() >= 0) {
            arrivals.expect(question.expect());
            return answer(sink);
        }
        await(question.mails(), question.seconds());
        Times.save(Path.of(question.file()), arrivals.micros());
        return answer(sink);
    }

    private Answer answer(SmtpSink sink) {
        return new Answer(sink.port(), arrivals.total(), arrivals.doubled(), arrivals.lastMicros());
    }

    private void await(int mails, double seconds) throws InterruptedException {
        long start = Times.nowMicros();
        long deadline = start + (long) (seconds * 1e6);
        while (arrivals.total() < mails) {
            long now = Times.nowMicros();
            long last = Math.max(start, arrivals.lastMicros());
            if (now > deadline || now - last > SILENCE.toNanos() / 1000) {
                return;
            }
            Thread.sleep(LOOK);
        }
        Thread.sleep(AFTERMATH);
    }
}

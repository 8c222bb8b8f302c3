package io.campanile.bench.micro;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Eligibility;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.workspace.WorkspaceId;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Deciding about the people of a broadcast, of whom one in ten refused, by facts in memory.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {
    private static final int PEOPLE = 1_000;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Occasion NEWS =
            new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.MARKETING, "news");

    private static final Addressee SOMEBODY =
            new Addressee(null, new EmailAddress("ada@example.com"));

    private final List<Facts> people =
            IntStream.range(0, PEOPLE).mapToObj(DecisionBenchmark::person).toList();

    private static Facts person(int number) {
        List<Consent> said =
                List.of(
                        said(number, "", ConsentState.GRANTED),
                        said(
                                number,
                                "news",
                                number % 10 == 0 ? ConsentState.DENIED : ConsentState.GRANTED));
        return new Facts(NEWS, SOMEBODY, false, said, List.of(), null, null);
    }

    private static Consent said(int number, String topic, ConsentState state) {
        return new Consent(
                new ConsentRecordId(new UUID(0, number)),
                new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, topic),
                state,
                "checkout",
                NOW);
    }

    /// What delivery does for each message; the number of those who get it.
    @Benchmark
    @OperationsPerInvocation(PEOPLE)
    public long decide() {
        return people.stream()
                .filter(facts -> Eligibility.decide(facts, NOW) instanceof Decision.Deliver)
                .count();
    }

    /// The baseline: looking at the same facts.
    @Benchmark
    @OperationsPerInvocation(PEOPLE)
    public long look() {
        return people.stream()
                .filter(facts ->
                        facts.profileConsents().stream()
                                .noneMatch(said -> said.state() == ConsentState.DENIED))
                .count();
    }
}

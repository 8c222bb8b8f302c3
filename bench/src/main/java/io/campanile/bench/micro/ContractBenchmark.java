package io.campanile.bench.micro;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.campanile.bench.load.BenchContent;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.Violation;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Checking the context of one trigger of the `accept` benchmark.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ContractBenchmark {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Contract contract =
            Contract.of(
                    new EmailContent(
                            "Your order {{context.orderId}}", "", BenchContent.ACCEPT_HTML, "", ""),
                    List.of());
    private final Map<String, Object> context = parse();

    /// What is checked before a trigger is accepted.
    @Benchmark
    public List<Violation> check() {
        return contract.check(context, Map.of());
    }

    /// The baseline: reading the same context, which no trigger gets around.
    @Benchmark
    public Map<String, Object> read() {
        return parse();
    }

    private static Map<String, Object> parse() {
        try {
            return MAPPER.readerForMapOf(Object.class).readValue(BenchContent.ACCEPT_CONTEXT);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

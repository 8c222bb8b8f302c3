package io.campanile.bench.micro;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.bench.load.BenchContent;
import io.campanile.channels.content.MustacheContentCompiler;
import io.campanile.domain.content.EmailContent;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Rendering one mail of the `deliver` benchmark.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RenderingBenchmark {
    private static final Map<String, Object> CONTEXT =
            Map.of(
                    "firstName", "Ada",
                    "lastName", "Lovelace",
                    "orderId", "A-4711",
                    "total", "129.90 EUR",
                    "street", "St James's Square 12",
                    "city", "London",
                    "carrier", "Example Parcels",
                    "deliveryDay", "Friday, 27 November",
                    "trackingId", "EX-0093-2216",
                    "shopName", "Tea & Books");
    private static final Map<String, Object> ROOTS =
            Map.of(
                    "context",
                    CONTEXT,
                    "profile",
                    Map.of(),
                    "campaign",
                    Map.of(),
                    "message",
                    Map.of());

    private final EmailContent content =
            new EmailContent(
                    BenchContent.DELIVER_SUBJECT,
                    "",
                    BenchContent.DELIVER_HTML,
                    BenchContent.DELIVER_TEXT,
                    "");
    private final CompiledContent compiled = new MustacheContentCompiler().compile(content);

    /// Subject, HTML and text, escaped where due.
    @Benchmark
    public RenderedEmail render() {
        return compiled.render(ROOTS);
    }

    /// The baseline: the same values put in their places, and nothing else.
    @Benchmark
    public int replace() {
        return BenchContent.fill(content.subject(), CONTEXT).length()
                + BenchContent.fill(content.html(), CONTEXT).length()
                + BenchContent.fill(content.text(), CONTEXT).length();
    }

    /// What compiling once per revision saves.
    @Benchmark
    public CompiledContent compile() {
        return new MustacheContentCompiler().compile(content);
    }
}

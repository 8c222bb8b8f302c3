package io.campanile.bench.micro;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// The micro-benchmarks.
@Command(
        name = "micro",
        mixinStandardHelpOptions = true,
        description =
                "JMH: rendering a mail, checking a context, deciding about people, each beside its"
                        + " baseline.")
public final class MicroCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATTERN",
            defaultValue = ".*Benchmark.*",
            description = "Which ones, a regular expression over their names.")
    private String pattern = "";

    @Override
    public Integer call() throws RunnerException {
        new Runner(new OptionsBuilder().include(pattern).build()).run();
        return 0;
    }
}

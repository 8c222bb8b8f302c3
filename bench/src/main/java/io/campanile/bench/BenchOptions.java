package io.campanile.bench;

import io.campanile.bench.process.Json;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/// What every benchmark can be told.
final class BenchOptions {
    @Option(names = "--json", description = "Ends with one line of JSON.")
    private boolean json;

    @Option(
            names = "--quick",
            description = "A smoke run of some seconds: shows that it works, measures nothing.")
    private boolean quick;

    @Option(
            names = "--server-option",
            paramLabel = "OPTION",
            description =
                    "One more option for the server's JVM, such as -XX:StartFlightRecording=...")
    private List<String> serverOptions = new ArrayList<>();

    boolean quick() {
        return quick;
    }

    Workbench workbench() {
        return new Workbench(serverOptions);
    }

    /// What is going on, for people who wait.
    void say(String format, Object... arguments) {
        System.err.printf(format + "%n", arguments);
    }

    void print(Report report) {
        System.out.print(Tables.text(report));
        if (json) {
            System.out.println(Json.write(report));
        }
    }
}

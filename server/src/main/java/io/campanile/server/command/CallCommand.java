package io.campanile.server.command;

import io.campanile.server.call.ApiClient;
import io.campanile.server.call.ApiMethods;
import io.campanile.server.call.CallFailed;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.time.Duration;

/// Calls a method of the API with JSON in and out.
@Command(
        name = "call",
        description = "Calls a method of the API: JSON in, JSON out, errors with their details.")
final class CallCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private Connection connection = new Connection();

    @Parameters(
            index = "0",
            paramLabel = "METHOD",
            description = "Its name, such as TriggerCampaign; all of them are listed below.")
    private String method = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JSON",
            defaultValue = "{}",
            description =
                    "The request, or @FILE with it (@-: standard input); a list of them for a"
                            + " stream. Default: {}.")
    private String json = "{}";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "When to give up. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Override
    public void run() {
        if (timeout < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout must be 1 or more");
        }
        var found = ApiMethods.find(method);
        try (ApiClient client = connection.open()) {
            var out = spec.commandLine().getOut();
            client.call(found, json, Duration.ofSeconds(timeout), out::println);
            out.flush();
        } catch (CallFailed e) {
            throw e.late() ? e.advised("give it more time by --timeout SECONDS") : e;
        }
    }
}

package io.campanile.bench;

import io.campanile.bench.load.Echo;
import io.campanile.bench.load.LoadCommand;
import io.campanile.bench.micro.MicroCommand;
import io.campanile.bench.sink.SinkCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

import java.util.Locale;

/// `./campanile bench NAME`.
@Command(
        name = "campanile bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures the real server with a durable database through the public API, against"
                        + " baselines taken in the same run.",
        subcommands = {
            AcceptCommand.class,
            DeliverCommand.class,
            HistoryCommand.class,
            DecideCommand.class,
            ImportCommand.class,
            BroadcastCommand.class,
            LanesCommand.class,
            MicroCommand.class,
            SinkCommand.class,
            Echo.class,
            LoadCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // What programs read, such as the port in a URL, is written with ordinary digits anywhere.
        Locale.setDefault(Locale.ROOT);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler((e, _) -> misused(e))
                .setExecutionExceptionHandler((e, commandLine, _) -> {
                    commandLine
                            .getErr()
                            .println(e.getMessage() == null ? e.toString() : e.getMessage());
                    return ExitCode.SOFTWARE;
                });
    }

    private static int misused(ParameterException e) {
        CommandLine used = e.getCommandLine();
        used.getErr()
                .println(
                        "%s; './%s --help' says how it is used"
                                .formatted(
                                        e.getMessage(), used.getCommandSpec().qualifiedName(" ")));
        return ExitCode.USAGE;
    }
}

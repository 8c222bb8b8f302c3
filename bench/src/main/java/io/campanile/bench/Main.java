package io.campanile.bench;

import io.campanile.bench.load.Echo;
import io.campanile.bench.load.LoadCommand;
import io.campanile.bench.micro.MicroCommand;
import io.campanile.bench.sink.SinkCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;

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
            MicroCommand.class,
            SinkCommand.class,
            Echo.class,
            LoadCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var commands = new CommandLine(new Main());
        commands.setExecutionExceptionHandler((e, _, _) -> {
            System.err.println(e.getMessage() == null ? e.toString() : e.getMessage());
            return 1;
        });
        System.exit(commands.execute(arguments));
    }
}

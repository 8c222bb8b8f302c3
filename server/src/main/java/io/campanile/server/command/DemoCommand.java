package io.campanile.server.command;

import io.campanile.server.demo.DemoRun;
import io.campanile.server.settings.Setting;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/// Shows a campaign from its creation to the mails in an inbox.
@Command(
        name = "demo",
        description =
                "Starts a server and an inbox on a temporary folder and shows a campaign from its"
                        + " creation to its mails, only through the public API.")
final class DemoCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--exit",
            description =
                    "Leave when all is shown: with 0 when every step went as promised, else 1.")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        // What the node says of itself would only be in the way.
        LogLevels.set(System.getenv(), Setting.LogLevel.WARN);
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        return exitCode(DemoRun.run(exit, out), err);
    }

    /// Says which promises were not kept.
    static int exitCode(List<String> broken, PrintWriter err) {
        broken.forEach(promise -> err.println("Not as promised: " + promise));
        return broken.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}

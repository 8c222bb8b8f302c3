package io.campanile.server.command;

import io.campanile.server.call.ApiMethods;
import io.campanile.server.call.CallFailed;
import io.campanile.server.node.ServerVersion;
import io.campanile.server.settings.SettingsInvalid;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.util.ArrayList;

/// The command line: 0 when it went well, 1 when it did not, 2 when it was not understood; whatever
/// went wrong is said in one sentence on standard error.
@Command(
        name = "campanile",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Campanile.Version.class,
        description = "API-triggered campaigns: one call, and each recipient gets their message.",
        footer = {"", "'./campanile COMMAND --help' says more; './campanile bench' measures."})
public final class Campanile implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Campanile.class);

    @Spec private CommandSpec spec = CommandSpec.create();

    private Campanile() {}

    /// The command line with everything it knows.
    public static CommandLine commandLine() {
        var call = new CommandLine(new CallCommand());
        call.getCommandSpec().usageMessage().footer(methods());
        return new CommandLine(new Campanile())
                .addSubcommand(withSettings(new ServeCommand()))
                .addSubcommand(new DemoCommand())
                .addSubcommand(call)
                .addSubcommand(new StatusCommand())
                .addSubcommand(new SuppressionsCommand())
                .addSubcommand(new AllowedCommand())
                .addSubcommand(withSettings(new MigrateCommand()))
                .addSubcommand(withSettings(new AuditCommand()))
                .addSubcommand(withSettings(new AdmitOwnerCommand()))
                .setExecutionStrategy(Campanile::runWhatWasUnderstood)
                .setParameterExceptionHandler((e, _) -> misused(e))
                .setExecutionExceptionHandler((e, commandLine, _) -> failed(e, commandLine))
                // The request may be @FILE, which picocli would take for a file of arguments.
                .setExpandAtFiles(false)
                .setUsageHelpWidth(100);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do");
    }

    /// What Java could not read of an argument would be sent on as a replacement character.
    private static int runWhatWasUnderstood(ParseResult parsed) {
        if (parsed.originalArgs().stream().anyMatch(argument -> argument.contains("\uFFFD"))) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    "An argument is not in the encoding of the locale: set LC_ALL to C.UTF-8");
        }
        return new RunLast().execute(parsed);
    }

    private static CommandLine withSettings(Object command) {
        var commandLine = new CommandLine(command);
        SettingFlags.addTo(commandLine.getCommandSpec());
        return commandLine;
    }

    private static String[] methods() {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("The methods:");
        ApiMethods.overview().forEach(line -> lines.add("  " + line));
        return lines.toArray(String[]::new);
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

    private static int failed(Exception e, CommandLine used) {
        return switch (e) {
            case SettingsInvalid invalid -> say(used, Sentence.of(invalid), ExitCode.USAGE);
            // With the details of the error below it.
            case CallFailed call ->
                    say(
                            used,
                            String.valueOf(call.getMessage()),
                            call.misused() ? ExitCode.USAGE : ExitCode.SOFTWARE);
            default -> {
                LOG.debug("command failed", e);
                yield say(used, Sentence.of(e), ExitCode.SOFTWARE);
            }
        };
    }

    private static int say(CommandLine used, String problem, int exitCode) {
        used.getErr().println(problem);
        return exitCode;
    }

    /// What the jar says it is.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Campanile " + ServerVersion.text()};
        }
    }
}

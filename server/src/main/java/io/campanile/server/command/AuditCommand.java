package io.campanile.server.command;

import io.campanile.application.operation.port.Invariants.Finding;
import io.campanile.server.node.NodeAudit;
import io.campanile.server.node.NodeDatabase;
import io.campanile.server.settings.Settings;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// Checks what must always be true of the database.
@Command(
        name = "audit",
        description =
                "Checks a database: every message in exactly one state, sums equal for every"
                        + " execution, a queue row for every open message and none else.")
final class AuditCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "100",
            description = "How many findings of a kind to show. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be 1 or more");
        }
        Settings settings = SettingFlags.read(spec);
        List<Finding> findings;
        try (NodeDatabase database =
                CommandDatabase.closedAtExit(
                        () -> NodeDatabase.openExistingFor("audit", settings))) {
            database.refuseOldSchema();
            findings = NodeAudit.check(database, limit);
        }
        var out = spec.commandLine().getOut();
        for (Finding finding : findings) {
            out.println("%s %s %s".formatted(finding.invariant(), finding.id(), finding.detail()));
        }
        out.println(summary(findings, limit));
        out.flush();
        return findings.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /// Where a kind reached the limit there may be more.
    static String summary(List<Finding> findings, int limit) {
        if (findings.isEmpty()) {
            return "All is well.";
        }
        boolean more =
                findings.stream()
                        .collect(Collectors.groupingBy(Finding::invariant, Collectors.counting()))
                        .containsValue((long) limit);
        return "%s%d findings.".formatted(more ? "At least " : "", findings.size());
    }
}

package io.campanile.server.command;

import io.campanile.server.node.NodeDatabase;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Brings the database's schema up to date.
@Command(
        name = "migrate",
        description = "Brings the database's schema up to date, as serve does when it starts.")
final class MigrateCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        try (NodeDatabase database = NodeDatabase.open(SettingFlags.read(spec))) {
            int missing = database.missingMigrations();
            database.migrate();
            var out = spec.commandLine().getOut();
            out.println(
                    missing == 0
                            ? "The schema is up to date."
                            : "Applied %d changes; the schema is up to date.".formatted(missing));
            out.flush();
        }
    }
}

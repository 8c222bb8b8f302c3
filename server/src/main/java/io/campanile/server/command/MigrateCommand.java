package io.campanile.server.command;

import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.persistence.secret.LostSecretKey;
import io.campanile.server.node.NodeDatabase;
import io.campanile.server.settings.Settings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/// Brings the database's schema up to date.
@Command(
        name = "migrate",
        description = "Brings the database's schema up to date, as serve does when it starts.")
final class MigrateCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--give-up-secret-key",
            paramLabel = "ID",
            description =
                    "Then go on without the secret key of that id, which is lost: what it encrypted"
                            + " cannot be read any more, and messages that need it fail. No node"
                            + " may run meanwhile.")
    private @Nullable String lostKey;

    @Option(
            names = "--forget-erased-refusals",
            description =
                    "Give it up even though people who were erased had refused, or were suppressed:"
                            + " nobody would know them again.")
    private boolean forgetRefusals;

    @Override
    public void run() {
        Settings settings = SettingFlags.read(spec);
        try (NodeDatabase database = CommandDatabase.closedAtExit(() -> open(settings))) {
            int missing = database.missingMigrations();
            database.migrate();
            var out = spec.commandLine().getOut();
            out.println("Data in " + database.dataLocation());
            out.println(
                    missing == 0
                            ? "The schema is up to date."
                            : "Applied %d changes; the schema is up to date.".formatted(missing));
            if (lostKey != null) {
                giveUp(database, lostKey, out);
            }
            out.flush();
        }
    }

    /// Nothing was ever encrypted in a database that is made now.
    private NodeDatabase open(Settings settings) {
        return lostKey == null
                ? NodeDatabase.openFor("migrate", settings)
                : NodeDatabase.openExistingFor("migrate", settings);
    }

    private void giveUp(NodeDatabase database, String key, PrintWriter out) {
        switch (database.giveUpSecretKey(key, forgetRefusals)) {
            case LostSecretKey.Result.Unknown(var known) ->
                    throw new IllegalStateException(
                            "The database knows no secret key %s, only %s".formatted(key, known));
            case LostSecretKey.Result.ErasedPeopleRefused _ ->
                    throw new IllegalStateException(
                            "People who were erased had refused mail, or were suppressed, and would"
                                    + " get some again: say --forget-erased-refusals if that must"
                                    + " be");
            case LostSecretKey.Result.GivenUp(var configurations, int messages, var keys) -> {
                out.println("The secret key %s is given up.".formatted(key));
                configurations.forEach(name -> out.println("Set the password anew of " + name));
                out.println(
                        "%d open messages lost their sensitive data: they have failed, or are unknown where they were in hand-over."
                                .formatted(messages));
                if (keys.contains(SecretPurpose.TOKEN_KEY)) {
                    out.println(
                            "Unsubscribe links and questions for consent that were sent work no"
                                    + " more.");
                }
            }
        }
    }
}

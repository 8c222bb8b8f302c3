package io.campanile.server.command;

import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.server.node.NodeDatabase;
import io.campanile.server.node.OwnerAdmission;
import io.campanile.server.settings.Settings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;

/// Lets an owner into a workspace whose owner keys are lost.
@Command(
        name = "admit-owner",
        description =
                "Lets an owner into a workspace whose owner keys are lost. With the embedded"
                        + " PostgreSQL, stop the server first.")
final class AdmitOwnerCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--workspace",
            paramLabel = "ID",
            required = true,
            description = "Which workspace, such as default.")
    private String workspace = "";

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            required = true,
            description =
                    "The key that becomes an owner: written to the file, which only you can read,"
                            + " or, where there is one, what it holds.")
    private Path keyFile = Path.of("");

    @Override
    public void run() {
        if (!WorkspaceId.CHOSEN_ID.matcher(workspace).matches()) {
            throw new ParameterException(
                    spec.commandLine(), "--workspace must be an id, such as default");
        }
        Settings settings = SettingFlags.read(spec);
        try (NodeDatabase database =
                CommandDatabase.closedAtExit(
                        () -> NodeDatabase.openExistingFor("admit-owner", settings))) {
            database.refuseOldSchema();
            OwnerAdmission.admit(database, new WorkspaceId(workspace), keyFile);
        }
        var out = spec.commandLine().getOut();
        out.println("The key in %s is an owner of workspaces/%s.".formatted(keyFile, workspace));
        out.flush();
    }
}

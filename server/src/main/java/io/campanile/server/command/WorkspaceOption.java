package io.campanile.server.command;

import picocli.CommandLine.Option;

/// Which workspace a command is about.
final class WorkspaceOption {
    @Option(
            names = "--workspace",
            paramLabel = "ID",
            defaultValue = "default",
            description = "Which workspace. Default: ${DEFAULT-VALUE}.")
    private String workspace = "default";

    /// The full name.
    String name() {
        return "workspaces/" + workspace;
    }
}

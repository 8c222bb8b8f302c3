package io.campanile.application.query;

import io.campanile.domain.workspace.WorkspaceId;

/// How filters name resources: by the whole name, or by its last part.
public final class FilterNames {
    private FilterNames() {}

    /// The last part where the text is the name of a resource of that collection of the workspace,
    /// else the text.
    public static String lastPart(WorkspaceId workspace, String collection, String text) {
        String prefix = workspace.name() + "/" + collection + "/";
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }
}

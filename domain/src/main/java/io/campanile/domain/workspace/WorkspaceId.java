package io.campanile.domain.workspace;

import java.util.regex.Pattern;

/// The tenant that owns everything else; its id is chosen by people and is the last part of
/// `workspaces/{workspace}`.
public record WorkspaceId(String value) {
    /// What ids chosen by people look like: 1 to 63 of a-z, 0-9 and hyphen, a letter first.
    public static final Pattern CHOSEN_ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /// The workspace that exists after the first start.
    public static final WorkspaceId DEFAULT = new WorkspaceId("default");

    public WorkspaceId {
        if (!CHOSEN_ID.matcher(value).matches()) {
            throw new IllegalArgumentException("not a workspace id: " + value);
        }
    }

    /// The full name.
    public String name() {
        return "workspaces/" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}

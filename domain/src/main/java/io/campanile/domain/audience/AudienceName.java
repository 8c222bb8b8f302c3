package io.campanile.domain.audience;

import io.campanile.domain.workspace.WorkspaceId;

/// `workspaces/{workspace}/audiences/{audience}`, the last part chosen by the author.
public record AudienceName(WorkspaceId workspace, String audience) {
    public AudienceName {
        if (!WorkspaceId.CHOSEN_ID.matcher(audience).matches()) {
            throw new IllegalArgumentException("not an audience id: " + audience);
        }
    }

    @Override
    public String toString() {
        return "workspaces/" + workspace + "/audiences/" + audience;
    }
}

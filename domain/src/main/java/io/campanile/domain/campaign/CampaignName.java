package io.campanile.domain.campaign;

import io.campanile.domain.workspace.WorkspaceId;

/// What callers hard-code: `workspaces/{workspace}/campaigns/{campaign}`, the last part chosen by
/// the author.
public record CampaignName(WorkspaceId workspace, String campaign) {
    public CampaignName {
        if (!WorkspaceId.CHOSEN_ID.matcher(campaign).matches()) {
            throw new IllegalArgumentException("not a campaign id: " + campaign);
        }
    }

    @Override
    public String toString() {
        return "workspaces/" + workspace + "/campaigns/" + campaign;
    }
}

package io.campanile.domain.ruleset;

import io.campanile.domain.workspace.WorkspaceId;

/// `workspaces/{workspace}/ruleSets/{ruleSet}`, the last part chosen by the author.
public record RuleSetName(WorkspaceId workspace, String ruleSet) {
    public RuleSetName {
        if (!WorkspaceId.CHOSEN_ID.matcher(ruleSet).matches()) {
            throw new IllegalArgumentException("not a rule set id: " + ruleSet);
        }
    }

    @Override
    public String toString() {
        return "workspaces/" + workspace + "/ruleSets/" + ruleSet;
    }
}

package io.campanile.testkit.audience;

import io.campanile.application.audience.port.Audiences;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.profile.InMemoryProfiles;

class InMemoryAudiencesTest extends AudiencesContract {
    private final InMemoryProfiles profiles = new InMemoryProfiles();
    private final Audiences audiences = new InMemoryAudiences(profiles);

    @Override
    protected Audiences audiences() {
        return audiences;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        // Nothing refers to workspaces here.
    }

    @Override
    protected void givenProfile(Profile profile) {
        profiles.insert(profile);
    }
}

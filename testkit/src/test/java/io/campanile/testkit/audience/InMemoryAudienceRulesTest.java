package io.campanile.testkit.audience;

import io.campanile.application.audience.port.AudienceRules;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.consent.port.Consents;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.profile.InMemoryProfiles;

import java.util.List;

class InMemoryAudienceRulesTest extends AudienceRulesContract {
    private final InMemoryProfiles profiles = new InMemoryProfiles();
    private final InMemoryConsents consents = new InMemoryConsents();
    private final Audiences audiences = new InMemoryAudiences(profiles, consents);

    @Override
    protected AudienceRules rules() {
        return new InMemoryAudienceRules();
    }

    @Override
    protected Audiences audiences() {
        return audiences;
    }

    @Override
    protected Consents consents() {
        return consents;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        // Nothing refers to workspaces here.
    }

    @Override
    protected void givenProfile(Profile profile) {
        profiles.insert(List.of(profile));
    }
}

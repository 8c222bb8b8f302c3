package io.campanile.persistence.rule;

import io.campanile.application.audience.port.AudienceRules;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.consent.port.Consents;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.audience.JdbiAudiences;
import io.campanile.persistence.consent.JdbiConsents;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.testkit.audience.AudienceRulesContract;

import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class JdbiAudienceRulesIT extends AudienceRulesContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected AudienceRules rules() {
        return new CelAudienceRules();
    }

    @Override
    protected Audiences audiences() {
        return new JdbiAudiences(STORE.database().store());
    }

    @Override
    protected Consents consents() {
        return new JdbiConsents(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }

    @Override
    protected void givenProfile(Profile profile) {
        new JdbiProfiles(STORE.database().store()).insert(List.of(profile));
    }
}

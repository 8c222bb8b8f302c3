package io.campanile.persistence.audience;

import io.campanile.application.audience.port.Audiences;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.testkit.audience.AudiencesContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiAudiencesIT extends AudiencesContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Audiences audiences() {
        return new JdbiAudiences(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }

    @Override
    protected void givenProfile(Profile profile) {
        new JdbiProfiles(STORE.database().store()).insert(profile);
    }
}

package io.campanile.persistence.secret;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.SealedSecrets;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.secret.SealedSecretsContract;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiSealedSecretsIT extends SealedSecretsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String KEEP_IN_CONFIGURATION =
            """
            INSERT INTO channel_configuration (channel_configuration_id, workspace_id, chosen_id, display_name, channel,
              category, state, definition, secret_key_id, secret, version, create_time, update_time)
            VALUES (:id, 'default', 'c-' || :id, '', 'EMAIL', 'TRANSACTIONAL', 'DRAFT', '{}', :keyId, :bytes, 1, now(), now())
            """;

    @BeforeEach
    void keepsNothing() {
        STORE.givenWorkspace(io.campanile.domain.workspace.WorkspaceId.DEFAULT);
        store().inStatement(handle ->
                handle.execute(
                        "TRUNCATE secret_key, kept_key, message_secret, channel_configuration"
                                + " CASCADE"));
    }

    private static Store store() {
        return STORE.database().store();
    }

    @Override
    protected SealedSecrets secrets() {
        return new JdbiSealedSecrets(store());
    }

    @Override
    protected void keep(KeptSecret secret) {
        String insert =
                switch (secret.purpose()) {
                    case CHANNEL_CONFIGURATION -> KEEP_IN_CONFIGURATION;
                    case PSEUDONYM_KEY, TOKEN_KEY ->
                            "INSERT INTO kept_key (purpose, key_id, bytes)"
                                    + " VALUES (:purpose, :keyId, :bytes)";
                    case MESSAGE ->
                            "INSERT INTO message_secret (message_id, key_id, bytes)"
                                    + " VALUES (:id, :keyId, :bytes)";
                };
        store().inStatement(handle -> {
            var statement =
                    handle.createUpdate(insert)
                            .bind("keyId", secret.sealed().keyId())
                            .bind("bytes", secret.sealed().bytes());
            if (secret.purpose().isKey()) {
                statement.bind("purpose", secret.purpose().name());
            } else {
                statement.bind("id", secret.id());
            }
            return statement.execute();
        });
    }
}

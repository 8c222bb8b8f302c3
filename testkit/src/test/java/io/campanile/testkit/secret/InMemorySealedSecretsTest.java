package io.campanile.testkit.secret;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.SealedSecrets;

class InMemorySealedSecretsTest extends SealedSecretsContract {
    private final InMemorySealedSecrets secrets = new InMemorySealedSecrets();

    @Override
    protected SealedSecrets secrets() {
        return secrets;
    }

    @Override
    protected void keep(KeptSecret secret) {
        secrets.keep(secret);
    }
}

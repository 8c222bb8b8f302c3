package io.campanile.testkit.secret;

import io.campanile.application.secret.port.SecretSealer;

class InMemorySecretSealerTest extends SecretSealerContract {
    private final SecretSealer sealer = new InMemorySecretSealer();

    @Override
    protected SecretSealer sealer() {
        return sealer;
    }
}

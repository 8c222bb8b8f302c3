package io.campanile.testkit.channel;

import io.campanile.application.channel.port.SecretSealer;

class InMemorySecretSealerTest extends SecretSealerContract {
    private final SecretSealer sealer = new InMemorySecretSealer();

    @Override
    protected SecretSealer sealer() {
        return sealer;
    }
}

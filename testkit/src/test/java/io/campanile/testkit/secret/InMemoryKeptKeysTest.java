package io.campanile.testkit.secret;

import io.campanile.application.secret.port.KeptKeys;

class InMemoryKeptKeysTest extends KeptKeysContract {
    private final KeptKeys keys = new InMemoryKeptKeys();

    @Override
    protected KeptKeys keys() {
        return keys;
    }
}

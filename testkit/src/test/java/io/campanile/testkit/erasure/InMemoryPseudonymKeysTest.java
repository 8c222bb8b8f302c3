package io.campanile.testkit.erasure;

import io.campanile.application.erasure.port.PseudonymKeys;

class InMemoryPseudonymKeysTest extends PseudonymKeysContract {
    private final PseudonymKeys keys = new InMemoryPseudonymKeys();

    @Override
    protected PseudonymKeys keys() {
        return keys;
    }
}

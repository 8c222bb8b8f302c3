package io.campanile.testkit.delivery;

import io.campanile.application.delivery.port.Providers;

class InMemoryProvidersTest extends ProvidersContract {
    private final Providers providers = new InMemoryProviders();

    @Override
    protected Providers providers() {
        return providers;
    }
}

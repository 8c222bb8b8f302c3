package io.campanile.channels.email;

import io.campanile.application.delivery.port.Providers;
import io.campanile.testkit.delivery.ProvidersContract;

import java.time.InstantSource;

class SmtpProvidersTest extends ProvidersContract {
    private final Providers providers =
            new SmtpProviders(
                    _ -> {
                        throw new AssertionError("there is no password");
                    },
                    InstantSource.fixed(SmtpTests.NOON),
                    System::nanoTime);

    @Override
    protected Providers providers() {
        return providers;
    }
}

package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.ProviderTimeLine;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.delivery.ProviderTimeLineContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

class JdbiProviderTimeLineIT extends ProviderTimeLineContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String AGE =
            """
            UPDATE provider_time_line
            SET next_free_time = next_free_time - :seconds * interval '1 s',
              reserve_time = reserve_time - :seconds * interval '1 s'
            """;

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Override
    protected ProviderTimeLine timeLine() {
        return new JdbiProviderTimeLine(STORE.database().hot());
    }

    @Override
    protected void letPass(Duration duration) {
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate(AGE).bind("seconds", duration.toSeconds()).execute());
    }

    @Override
    protected void setBack(Duration duration) {
        letPass(duration.negated());
    }
}

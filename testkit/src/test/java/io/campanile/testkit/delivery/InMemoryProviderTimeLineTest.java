package io.campanile.testkit.delivery;

import io.campanile.application.delivery.port.ProviderTimeLine;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.store.SettableTime;

import java.time.Duration;

class InMemoryProviderTimeLineTest extends ProviderTimeLineContract {
    private final SettableTime clock = new SettableTime(now);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final ProviderTimeLine timeLine = new InMemoryProviderTimeLine(clock);

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    @Override
    protected ProviderTimeLine timeLine() {
        return timeLine;
    }

    @Override
    protected void letPass(Duration duration) {
        clock.advance(duration);
    }

    @Override
    protected void setBack(Duration duration) {
        clock.advance(duration.negated());
    }
}

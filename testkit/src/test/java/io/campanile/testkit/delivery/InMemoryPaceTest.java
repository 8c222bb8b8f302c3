package io.campanile.testkit.delivery;

import io.campanile.application.delivery.port.Pace;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.store.SettableTime;

import java.time.Duration;

class InMemoryPaceTest extends PaceContract {
    private final SettableTime clock = new SettableTime(now);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final Pace pace = new InMemoryPace(clock);

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    @Override
    protected Pace pace() {
        return pace;
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

package io.campanile.testkit.time;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import java.time.Duration;

/// How long tests wait for what has to come: longer than a busy machine takes for it.
public final class Patience {
    /// When it is over, something is wrong.
    public static final Duration TIME = Duration.ofMinutes(1);

    private Patience() {}

    /// Waits for a condition.
    public static ConditionFactory await() {
        return Awaitility.await().atMost(TIME);
    }
}

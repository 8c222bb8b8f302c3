package io.campanile.server.node;

import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Whether the database answers. One that takes what it is asked and says nothing is as good as
/// away long before a statement gives up on it. For one thread.
final class HealthProbe {
    private static final Logger LOG = LoggerFactory.getLogger(HealthProbe.class);

    private final Runnable question;
    private final Duration patience;
    private final OutageLog outages = new OutageLog(HealthProbe.class);
    private @Nullable FutureTask<Boolean> asked;
    private boolean healthyBefore = true;

    /// A probe that asks this.
    ///
    /// @param question throws [StoreUnavailable] when the database is away, and may hang
    /// @param patience how long the answer may take
    HealthProbe(Runnable question, Duration patience) {
        this.question = question;
        this.patience = patience;
    }

    /// Asks, or goes on waiting for the answer to what was asked before: questions that hang would
    /// use up the connections.
    boolean isHealthy() {
        boolean healthy = isAnsweredInTime();
        if (healthy && !healthyBefore) {
            LOG.info("health says that calls can be served again");
        }
        healthyBefore = healthy;
        return healthy;
    }

    private boolean isAnsweredInTime() {
        FutureTask<Boolean> answer = asked == null ? ask() : asked;
        asked = answer;
        try {
            boolean healthy = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            asked = null;
            return healthy;
        } catch (TimeoutException e) {
            logUnhealthy(new StoreUnavailable("no answer within " + patience, e));
            return false;
        } catch (ExecutionException e) {
            asked = null;
            throw new IllegalStateException("the question failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private FutureTask<Boolean> ask() {
        var answer = new FutureTask<>(this::isAnswered);
        Thread.ofVirtual().name("health-probe").start(answer);
        return answer;
    }

    private boolean isAnswered() {
        try {
            question.run();
            return true;
        } catch (StoreUnavailable e) {
            logUnhealthy(e);
            return false;
        }
    }

    private void logUnhealthy(StoreUnavailable why) {
        outages.warn("health says that no calls can be served", why);
    }
}

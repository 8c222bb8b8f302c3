package io.campanile.testkit.eligibility;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.suppression.SuppressionTarget;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Facts from the fakes they are kept in.
public final class InMemoryFactSource implements FactSource {
    private final Suppressions suppressions;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> afterNextLoad = new AtomicReference<>();
    private volatile boolean away;

    public InMemoryFactSource(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    /// Makes it fail, or not fail any more.
    public void beAway(boolean away) {
        this.away = away;
    }

    /// How often it failed.
    public int refusals() {
        return refusals.get();
    }

    /// Runs something once, after the next facts were read and before they are answered.
    public void afterNextLoad(Runnable work) {
        afterNextLoad.set(work);
    }

    @Override
    public List<Facts> load(List<Subject> subjects) {
        if (away) {
            refusals.incrementAndGet();
            throw new StoreUnavailable("away", new IllegalStateException("as the test asked"));
        }
        List<Facts> facts = subjects.stream().map(this::facts).toList();
        Runnable afterwards = afterNextLoad.getAndSet(null);
        if (afterwards != null) {
            afterwards.run();
        }
        return facts;
    }

    private Facts facts(Subject subject) {
        var address = SuppressionTarget.of(subject.address());
        var domain = SuppressionTarget.domainOf(subject.address());
        return new Facts(
                suppressions.find(subject.workspace(), address).orElse(null),
                suppressions.find(subject.workspace(), domain).orElse(null));
    }
}

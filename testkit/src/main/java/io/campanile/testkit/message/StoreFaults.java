package io.campanile.testkit.message;

import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// What tests make go wrong with a store in memory. Thread-safe, under the store's lock.
public final class StoreFaults {
    private final InMemoryStore store;
    private Set<MessageId> refusedOutcomes = Set.of();
    private Set<MessageId> refusedMarks = Set.of();
    private Set<MessageId> lockedOutcomes = Set.of();
    private final Set<ChannelConfigurationId> refusedClaims = new HashSet<>();
    private Set<ChannelConfigurationId> lostClaims = Set.of();
    private volatile Consumer<Lane> atEachClaim = _ -> {};
    private final AtomicReference<@Nullable Runnable> duringNextMark = new AtomicReference<>();
    private boolean refusingReleases;
    private boolean away;

    StoreFaults(InMemoryStore store) {
        this.store = store;
    }

    /// From now on every call fails as it does when the database is away, or no longer.
    public void beAway(boolean newAway) {
        synchronized (store) {
            away = newAway;
        }
    }

    /// From now on nothing can be recorded together with the outcomes of these messages and no
    /// others, as when the database refuses their data.
    public void refuseOutcomesOf(Set<MessageId> messages) {
        synchronized (store) {
            refusedOutcomes = Set.copyOf(messages);
        }
    }

    /// From now on these messages and no others cannot be marked, as when the database refuses what
    /// is to be kept of their decisions.
    public void refuseMarksOf(Set<MessageId> messages) {
        synchronized (store) {
            refusedMarks = Set.copyOf(messages);
        }
    }

    /// From now on whoever records an outcome of these messages and no others waits, as when
    /// somebody keeps their rows locked.
    public void lockOutcomesOf(Set<MessageId> messages) {
        synchronized (store) {
            lockedOutcomes = Set.copyOf(messages);
            store.notifyAll();
        }
    }

    /// From now on claims cannot be given back one by one, for a reason that nobody expects.
    public void refuseReleases() {
        synchronized (store) {
            refusingReleases = true;
        }
    }

    /// Runs something at the beginning of every claim from now on.
    public void atEachClaim(Consumer<Lane> work) {
        atEachClaim = work;
    }

    void claiming(Lane lane) {
        atEachClaim.accept(lane);
    }

    /// Does something while the next messages are marked.
    public void duringNextMark(Runnable work) {
        duringNextMark.set(work);
    }

    void marking() {
        Runnable meanwhile = duringNextMark.getAndSet(null);
        if (meanwhile != null) {
            meanwhile.run();
        }
    }

    /// From now on nothing can be claimed of the configuration, for a reason that nobody expects.
    public void refuseClaimsOf(ChannelConfigurationId configuration) {
        synchronized (store) {
            refusedClaims.add(configuration);
        }
    }

    /// From now on the store is away for whoever claims of these configurations and no others, as
    /// when somebody keeps a row locked for too long.
    public void loseClaimsOf(Set<ChannelConfigurationId> configurations) {
        synchronized (store) {
            lostClaims = Set.copyOf(configurations);
        }
    }

    void requireClaiming(ChannelConfigurationId configuration) {
        synchronized (store) {
            if (lostClaims.contains(configuration)) {
                throw new StoreUnavailable("lost", new IllegalStateException("by the test's will"));
            }
            if (refusedClaims.contains(configuration)) {
                throw new IllegalStateException("refused by the test's will");
            }
        }
    }

    void requireReleasing() {
        synchronized (store) {
            if (refusingReleases) {
                throw new IllegalStateException("refused by the test's will");
            }
        }
    }

    void requireMarking(List<Marking> markings) {
        synchronized (store) {
            if (markings.stream().anyMatch(m -> refusedMarks.contains(m.claim().message()))) {
                throw new IllegalStateException("refused by the test's will");
            }
        }
    }

    void requireTaken(List<Recording> recordings) {
        synchronized (store) {
            if (recordings.stream().anyMatch(r -> refusedOutcomes.contains(r.claim().message()))) {
                throw new IllegalStateException("refused by the test's will");
            }
        }
    }

    void awaitUnlocked(List<Recording> recordings) {
        synchronized (store) {
            while (recordings.stream()
                    .anyMatch(r -> lockedOutcomes.contains(r.claim().message()))) {
                try {
                    store.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("nobody interrupts a test", e);
                }
            }
        }
    }

    void requireThere() {
        synchronized (store) {
            if (away) {
                throw new StoreUnavailable("away", new IllegalStateException("by the test's will"));
            }
        }
    }
}

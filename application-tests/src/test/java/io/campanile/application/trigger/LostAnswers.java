package io.campanile.application.trigger;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.campaign.CampaignId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A way into a store on which the answer to a commit can get lost. Thread-safe.
public final class LostAnswers {
    private final AtomicBoolean losing = new AtomicBoolean();

    /// The next commit succeeds and says that it failed.
    public void loseNext() {
        losing.set(true);
    }

    /// The store behind this way.
    public IntakeStore over(IntakeStore store) {
        return new IntakeStore() {
            @Override
            public List<IntakeResult> store(NodeId node, List<NewExecution> batch) {
                List<IntakeResult> results = store.store(node, batch);
                if (losing.getAndSet(false)) {
                    throw new StoreUnavailable(
                            "the answer is lost", new IllegalStateException("by the test's will"));
                }
                return results;
            }

            @Override
            public Optional<StoredExecution> find(CampaignId campaign, String requestId) {
                return store.find(campaign, requestId);
            }

            @Override
            public int forgetRequestIds(Instant before, int limit) {
                return store.forgetRequestIds(before, limit);
            }
        };
    }
}

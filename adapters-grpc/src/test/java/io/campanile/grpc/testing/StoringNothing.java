package io.campanile.grpc.testing;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.campaign.CampaignId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Says of every execution that it is stored, and forgets it.
final class StoringNothing implements IntakeStore {
    @Override
    public List<IntakeResult> store(NodeId node, List<NewExecution> batch) {
        return batch.stream().<IntakeResult>map(_ -> new IntakeResult.Stored()).toList();
    }

    @Override
    public Optional<StoredExecution> find(CampaignId campaign, String requestId) {
        return Optional.empty();
    }

    @Override
    public int forgetRequestIds(Instant before, int limit) {
        return 0;
    }
}

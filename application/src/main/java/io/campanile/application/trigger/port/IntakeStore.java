package io.campanile.application.trigger.port;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.BatchPoisoned;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.campaign.CampaignId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores accepted triggers. Thread-safe.
public interface IntakeStore {
    /// Stores a batch, each execution whole: request ids in sorted order, executions, messages and
    /// queue rows, under a shared lock on the control row of every campaign concerned. No request
    /// id stands twice in a batch. When it returns, everything it calls stored is durable. An
    /// execution that it stored before is called stored again.
    ///
    /// @param node owner of the messages that are kept
    /// @return one result for each execution, in order
    /// @throws BatchPoisoned when the database refuses the data of some execution (SQLSTATE class
    ///   22 or 23); others may be stored
    /// @throws StoreUnavailable when the database is away, out of space or connections, or when the
    ///   commit's outcome is not known; any of them may be stored
    List<IntakeResult> store(NodeId node, List<NewExecution> batch);

    /// The execution a request id of a campaign started, as long as the id is remembered.
    ///
    /// @throws StoreUnavailable when the database is away
    Optional<StoredExecution> find(CampaignId campaign, String requestId);

    /// Forgets at most `limit` request ids older than the retention, but for those that another
    /// node is forgetting.
    ///
    /// @return how many were forgotten
    int forgetRequestIds(Instant before, int limit);
}

package io.campanile.application.operation.port;

import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Counts what waits, and what came of what does not wait any more. Thread-safe.
public interface Backlogs {
    /// Why messages are put off is counted for so many of each lane: those whose time came first,
    /// or comes next.
    int MOST_PUT_OFF = 10_000;

    /// One for each lane, in the lanes' order, over all workspaces.
    List<Backlog> count(Instant now);

    /// One for each lane, in the lanes' order, of one workspace's messages.
    List<Backlog> count(WorkspaceId workspace, Instant now);

    /// How many of a workspace's open messages are put off by trouble ([Reason#OF_TROUBLE]), of
    /// [#MOST_PUT_OFF] in each lane; reasons without messages are absent.
    Map<Reason, Long> putOff(WorkspaceId workspace);

    /// How many of a workspace's messages settled in which state, of those accepted from then on;
    /// states without messages are absent.
    Map<MessageState.Kind, Long> outcomes(WorkspaceId workspace, Instant acceptedFrom);
}

package io.campanile.application.operation;

import io.campanile.application.operation.port.Backlog;
import io.campanile.domain.message.MessageState;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How one node is doing, and what waits in the whole system.
///
/// @param backlogs of all lanes; none when they could not be counted in time, as where millions
///   wait
/// @param outcomes messages this node brought into each state within `window`
public record NodeStatus(
        List<Backlog> backlogs, Duration window, Map<MessageState.Kind, Long> outcomes) {}

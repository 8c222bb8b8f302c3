package io.campanile.grpc.trigger;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;

import java.util.function.Consumer;

/// What takes triggers; in a server `TriggerCampaign`. Thread-safe.
@FunctionalInterface
public interface Triggers {
    /// Never blocks; calls `answer` once, possibly from another thread.
    void trigger(TriggerCommand command, Consumer<TriggerResult> answer);
}

package io.campanile.grpc.trigger;

import io.campanile.application.trigger.AudienceTriggerCommand;
import io.campanile.application.trigger.AudienceTriggerResult;
import io.campanile.domain.access.Actor;

/// What takes triggers of audiences: [io.campanile.application.trigger.TriggerAudience], or a test.
/// Blocks.
@FunctionalInterface
public interface AudienceTriggers {
    /// Triggers, or says why not.
    AudienceTriggerResult trigger(AudienceTriggerCommand command, Actor by);
}

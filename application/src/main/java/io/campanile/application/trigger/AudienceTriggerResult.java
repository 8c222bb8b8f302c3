package io.campanile.application.trigger;

import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.message.ExecutionId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What a trigger of a campaign's audience came to.
public sealed interface AudienceTriggerResult {
    /// Committed, now or by an earlier call with the same request id.
    record Started(ExecutionId execution, boolean duplicate, Instant createTime)
            implements AudienceTriggerResult {}

    /// Checked, nothing stored.
    ///
    /// @param members of the audience now
    record Validated(long members) implements AudienceTriggerResult {}

    /// The campaign is transactional.
    record Transactional() implements AudienceTriggerResult {}

    /// The live revision names no audience, or one that is not there any more.
    record AudienceMissing(@Nullable AudienceName audience) implements AudienceTriggerResult {}

    /// What any trigger may be refused for.
    record Refused(TriggerResult.NotTaken why) implements AudienceTriggerResult {}
}

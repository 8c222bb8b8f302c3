package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.trigger.port.NewBroadcast;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.RecipientResult;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a trigger says about itself, whether it names its recipients or goes to an audience.
///
/// @param scheduleTime absent for at once
/// @param expireTime absent for what the campaign says
public record TriggerEnvelope(
        CampaignName campaign,
        String requestId,
        Map<String, String> metadata,
        @Nullable Instant scheduleTime,
        @Nullable Instant expireTime) {

    /// What is wrong with its times.
    List<FieldViolation> checkTimes(CampaignSnapshot current, Instant now) {
        return Admission.checkTimes(scheduleTime, expireTime, current.schedule(), now);
    }

    /// When its messages are first due, and decided.
    Instant dueTime(Instant now) {
        return Admission.dueTime(scheduleTime, now);
    }

    /// From when on its messages are not sent any more.
    Instant expireTime(CampaignSnapshot current, Instant now) {
        return Admission.expireTime(scheduleTime, expireTime, current.retryWindow(), now);
    }

    /// What is stored of it.
    ///
    /// @param broadcast of one for an audience, which has no results and messages
    NewExecution execution(
            ExecutionId id,
            CampaignSnapshot current,
            byte[] digest,
            Instant now,
            List<RecipientResult> results,
            List<NewMessage> messages,
            @Nullable NewBroadcast broadcast) {
        return new NewExecution(
                id,
                current.id(),
                current.revision(),
                current.channelConfiguration(),
                requestId,
                digest,
                now,
                scheduleTime,
                expireTime(current, now),
                metadata,
                results,
                messages,
                broadcast);
    }

    @Override
    public String toString() {
        return "TriggerEnvelope[" + campaign + ", " + requestId + "]";
    }
}

package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.trigger.port.NewBroadcast;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.RecipientResult;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// One trigger call whose envelope is well-formed.
///
/// @param deadline when the caller stops waiting; absent for never
/// @param callerIsGone whether the caller has stopped before; asked again and again while it waits
public record TriggerCommand(
        CampaignName campaign,
        String requestId,
        List<Entry> recipients,
        Map<String, String> metadata,
        @Nullable Instant scheduleTime,
        @Nullable Instant expireTime,
        WaitFor waitFor,
        boolean validateOnly,
        @Nullable Instant deadline,
        BooleanSupplier callerIsGone) {

    /// A trigger whose caller waits until the deadline.
    public TriggerCommand(
            CampaignName campaign,
            String requestId,
            List<Entry> recipients,
            Map<String, String> metadata,
            @Nullable Instant scheduleTime,
            @Nullable Instant expireTime,
            WaitFor waitFor,
            boolean validateOnly,
            @Nullable Instant deadline) {
        this(
                campaign,
                requestId,
                recipients,
                metadata,
                scheduleTime,
                expireTime,
                waitFor,
                validateOnly,
                deadline,
                () -> false);
    }

    /// When the caller wants its answer.
    public enum WaitFor {
        ACCEPTED,
        HANDED_OVER
    }

    /// A recipient and what is wrong with its syntax; with violations it will be rejected.
    ///
    /// @param violations with fields relative to the recipient, such as `identity.value`
    /// @param unread digest of the recipient as sent, when part of it could not be read; otherwise
    ///   empty
    public record Entry(Recipient recipient, List<FieldViolation> violations, String unread) {}

    /// Whether the caller has stopped waiting by this time.
    boolean isOverdue(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }

    /// What is wrong with its times.
    List<FieldViolation> checkTimes(CampaignSnapshot campaign, Instant now) {
        return Admission.checkTimes(scheduleTime, expireTime, campaign.schedule(), now);
    }

    /// When its messages are first due, and decided.
    Instant dueTime(Instant now) {
        return Admission.dueTime(scheduleTime, now);
    }

    /// From when on its messages are not sent any more.
    Instant expireTime(CampaignSnapshot campaign, Instant now) {
        return Admission.expireTime(scheduleTime, expireTime, campaign.retryWindow(), now);
    }

    /// What is stored of it.
    ///
    /// @param expiry from [#expireTime(CampaignSnapshot, Instant)]
    /// @param broadcast of one for an audience, which has no results and messages
    NewExecution execution(
            ExecutionId id,
            CampaignSnapshot current,
            byte[] digest,
            Instant now,
            Instant expiry,
            List<RecipientResult> results,
            List<NewMessage> messages,
            @Nullable NewBroadcast broadcast) {
        return new NewExecution(
                id,
                campaign.workspace(),
                current.id(),
                current.revision(),
                current.channelConfiguration(),
                requestId,
                digest,
                now,
                scheduleTime,
                expiry,
                metadata,
                results,
                messages,
                broadcast);
    }

    @Override
    public String toString() {
        return "TriggerCommand[" + campaign + ", " + requestId + "]";
    }
}

package io.campanile.application.trigger;

import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;

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

    /// Of a caller who waits until the deadline.
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

    @Override
    public String toString() {
        return "TriggerCommand[" + campaign + ", " + requestId + "]";
    }
}

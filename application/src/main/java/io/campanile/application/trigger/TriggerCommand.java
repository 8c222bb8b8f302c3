package io.campanile.application.trigger;

import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;

import java.util.List;

/// One trigger call whose envelope is well-formed.
public record TriggerCommand(
        TriggerEnvelope envelope,
        List<Entry> recipients,
        WaitFor waitFor,
        boolean validateOnly,
        CallerPatience patience) {

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

    /// The triggered campaign.
    public CampaignName campaign() {
        return envelope.campaign();
    }

    /// By which the call can be repeated.
    public String requestId() {
        return envelope.requestId();
    }

    @Override
    public String toString() {
        return "TriggerCommand[" + envelope + "]";
    }
}

package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.domain.trigger.FieldViolation;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// A trigger that has been looked at but not accepted.
///
/// @param recipients in the order of the call
record CheckedTrigger(
        TriggerCommand command,
        CampaignSnapshot campaign,
        byte[] digest,
        List<CheckedRecipient> recipients) {

    boolean isAllRejected() {
        return acceptable().findAny().isEmpty();
    }

    Stream<CheckedRecipient> acceptable() {
        return recipients.stream().filter(CheckedRecipient::isAcceptable);
    }

    List<FieldViolation> allViolations() {
        return recipients.stream().flatMap(each -> each.violations().stream()).toList();
    }

    Instant expireTime(Instant now) {
        return command.envelope().expireTime(campaign, now);
    }

    /// When its messages are first due, and decided.
    Instant dueTime(Instant now) {
        return command.envelope().dueTime(now);
    }

    /// The room that all its messages take.
    int places() {
        return acceptable().mapToInt(CheckedRecipient::places).sum();
    }
}

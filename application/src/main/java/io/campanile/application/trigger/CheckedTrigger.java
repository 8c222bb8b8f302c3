package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.eligibility.Mailing;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.trigger.FieldViolation;

import java.time.Instant;
import java.util.List;

/// A trigger that has been looked at but not accepted.
///
/// @param payloads as they are stored, one for each recipient
/// @param violations of each recipient, with full paths; empty for acceptable ones
record CheckedTrigger(
        TriggerCommand command,
        CampaignSnapshot campaign,
        byte[] digest,
        List<byte[]> payloads,
        List<List<FieldViolation>> violations) {

    boolean isAllRejected() {
        return violations.stream().noneMatch(List::isEmpty);
    }

    List<FieldViolation> allViolations() {
        return violations.stream().flatMap(List::stream).toList();
    }

    Instant expireTime(Instant now) {
        return command.envelope().expireTime(campaign, now);
    }

    /// When its messages are first due, and decided.
    Instant dueTime(Instant now) {
        return command.envelope().dueTime(now);
    }

    Payload payload(int recipient) {
        var entry = command.recipients().get(recipient).recipient();
        return new Payload(entry.context(), entry.profile());
    }

    /// The room that an acceptable recipient's message takes in memory.
    int places(int recipient) {
        return MessageQueue.placesFor(payloads.get(recipient).length);
    }

    /// The room that all its messages take.
    int places() {
        int places = 0;
        for (int recipient = 0; recipient < violations.size(); recipient++) {
            places += violations.get(recipient).isEmpty() ? places(recipient) : 0;
        }
        return places;
    }

    /// Whom an acceptable recipient is decided about.
    Subject subject(int recipient) {
        return Mailing.of(campaign).recipient(command.recipients().get(recipient).recipient());
    }
}

package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.ViolationReason;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Looks at a trigger's recipients: what is wrong with each, and the digest of the whole.
final class DraftTrigger {
    private DraftTrigger() {}

    static Draft of(TriggerCommand command, CampaignSnapshot campaign, PayloadCodec codec) {
        int size = command.recipients().size();
        List<byte[]> payloads = new ArrayList<>(size);
        List<byte[]> digested = new ArrayList<>(size);
        List<List<FieldViolation>> violations = new ArrayList<>(size);
        Set<Identity> seen = new HashSet<>();
        for (int i = 0; i < size; i++) {
            TriggerCommand.Entry entry = command.recipients().get(i);
            Recipient recipient = entry.recipient();
            PayloadCodec.Encoded payload =
                    codec.encode(
                            new Payload(
                                    recipient.context(), recipient.profile(), recipient.locale()));
            payloads.add(payload.stored());
            digested.add(payload.canonical());
            boolean repeated = !seen.add(recipient.identity());
            violations.add(check(entry, repeated, campaign, "recipients[" + i + "]"));
        }
        return new Draft(
                command, campaign, TriggerDigest.of(command, digested), payloads, violations);
    }

    /// Rules are only checked where the syntax is right: their findings would be noise.
    private static List<FieldViolation> check(
            TriggerCommand.Entry entry, boolean repeated, CampaignSnapshot campaign, String path) {
        List<FieldViolation> found = new ArrayList<>(entry.violations());
        if (repeated) {
            found.add(
                    new FieldViolation(
                            "identity",
                            ViolationReason.IDENTITY_REPEATED,
                            "another recipient of this call has the same identity"));
        }
        if (found.isEmpty()) {
            found.addAll(
                    Admission.check(
                            entry.recipient(),
                            campaign.definition(),
                            campaign.contract(),
                            campaign.attributes()));
        }
        return found.stream().map(violation -> violation.within(path)).toList();
    }
}

package io.campanile.application.trigger;

import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.RecipientsCheck;

import java.util.ArrayList;
import java.util.List;

/// Looks at a trigger's recipients: what is wrong with each, and the digest of the whole.
final class CheckTrigger {
    private CheckTrigger() {}

    static CheckedTrigger of(
            TriggerCommand command, CampaignSnapshot campaign, TriggerPorts ports) {
        int size = command.recipients().size();
        List<byte[]> digested = new ArrayList<>(size);
        List<CheckedRecipient> recipients = new ArrayList<>(size);
        var check =
                new RecipientsCheck(
                        campaign.definition(), campaign.contract(), campaign.attributes());
        for (int i = 0; i < size; i++) {
            TriggerCommand.Entry entry = command.recipients().get(i);
            Recipient recipient = entry.recipient();
            PayloadCodec.Encoded payload =
                    ports.codec().encode(new Payload(recipient.context(), recipient.profile()));
            digested.add(payload.canonical());
            String path = CheckedRecipient.path(i);
            List<FieldViolation> violations =
                    check.next(recipient, entry.violations()).stream()
                            .map(violation -> violation.within(path))
                            .toList();
            recipients.add(new CheckedRecipient(i, recipient, payload.stored(), violations));
        }
        return new CheckedTrigger(
                command,
                campaign,
                ports.digests().of(TriggerDigest.of(command, digested)),
                recipients);
    }
}

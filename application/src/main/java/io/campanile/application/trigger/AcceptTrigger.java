package io.campanile.application.trigger;

import io.campanile.application.content.SensitiveData;
import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.Deliverable;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Tries;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.RecipientResult;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Makes the execution and the messages of an acceptable trigger.
final class AcceptTrigger {
    /// What goes into the store, and what this node delivers once it is there.
    ///
    /// @param kept empty unless this node keeps the messages
    record Accepted(NewExecution execution, List<Deliverable> kept) {}

    private final TriggerPorts ports;

    AcceptTrigger(TriggerPorts ports) {
        this.ports = ports;
    }

    /// Gives ids, times and lanes to what was checked.
    ///
    /// @param keep whether room for the messages was reserved on this node
    Accepted accept(CheckedTrigger checked, boolean keep, Instant now) {
        // First: no message is of an earlier day than its execution, whose day goes before theirs.
        var id = new ExecutionId(ports.ids().next());
        Instant expireTime = checked.expireTime(now);
        List<RecipientResult> results = new ArrayList<>(checked.recipients().size());
        List<NewMessage> messages = new ArrayList<>(checked.recipients().size());
        List<Deliverable> kept = new ArrayList<>();
        for (CheckedRecipient recipient : checked.recipients()) {
            if (!recipient.isAcceptable()) {
                results.add(new RecipientResult.Rejected(recipient.violations()));
                continue;
            }
            NewMessage message = message(checked, recipient, keep, expireTime, now);
            messages.add(message);
            results.add(new RecipientResult.Accepted(message.id()));
            if (keep) {
                kept.add(deliverable(checked, recipient, message));
            }
        }
        NewExecution execution =
                checked.command()
                        .envelope()
                        .execution(
                                id,
                                checked.campaign(),
                                checked.digest(),
                                now,
                                results,
                                messages,
                                null);
        return new Accepted(execution, kept);
    }

    private NewMessage message(
            CheckedTrigger checked,
            CheckedRecipient checkedRecipient,
            boolean keep,
            Instant expireTime,
            Instant now) {
        Recipient recipient = checkedRecipient.recipient();
        Instant dueTime = checked.dueTime(now);
        byte[] payload = checkedRecipient.stored();
        SealedSecret sensitive = null;
        List<String> paths = checked.campaign().contract().sensitivePaths();
        if (!paths.isEmpty()) {
            SensitiveData.Parts parts = SensitiveData.split(checkedRecipient.payload(), paths);
            payload = ports.codec().encode(parts.plain()).stored();
            sensitive = seal(parts.sensitive());
        }
        return new NewMessage(
                new MessageId(ports.ids().next()),
                checkedRecipient.index(),
                recipient.identity(),
                Admission.address(recipient).orElse(null),
                payload,
                sensitive,
                checked.campaign().lane(),
                keep ? now.plus(MessageQueue.CLAIM_LEASE) : dueTime,
                expireTime,
                dueTime.isAfter(now),
                keep);
    }

    private @Nullable SealedSecret seal(Payload sensitive) {
        if (sensitive.context().isEmpty() && sensitive.profile().isEmpty()) {
            return null;
        }
        byte[] stored = ports.codec().encode(sensitive).stored();
        return ports.sealer()
                .seal(SecretPurpose.MESSAGE, new String(stored, StandardCharsets.UTF_8));
    }

    private static Deliverable deliverable(
            CheckedTrigger checked, CheckedRecipient recipient, NewMessage message) {
        return new Deliverable(
                new Claim(message.id(), ClaimEpoch.FIRST),
                checked.campaign().id(),
                checked.campaign().revision(),
                message.lane(),
                message.identity(),
                message.address(),
                recipient.payload(),
                recipient.places(),
                message.expireTime(),
                message.dueTime(),
                Tries.NONE,
                ClaimHistory.FRESH);
    }
}

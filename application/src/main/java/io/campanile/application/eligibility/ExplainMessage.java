package io.campanile.application.eligibility;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.message.port.Messages;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Optional;

/// Says why a message was handed over or not, by what was recorded when that was decided.
/// Thread-safe.
public final class ExplainMessage {
    private final Messages messages;

    public ExplainMessage(Messages messages) {
        this.messages = messages;
    }

    /// The explanation; nothing when there is no such message. Blocks.
    public Optional<MessageExplanation> explain(WorkspaceId workspace, MessageId message) {
        return messages.find(workspace, message)
                .map(view ->
                        messages.decision(workspace, message)
                                .map(decision -> recorded(decision, view))
                                .orElseGet(() -> unrecorded(workspace, view)));
    }

    private static MessageExplanation recorded(DecisionRecord decision, MessageView message) {
        return new MessageExplanation.Decided(
                decision.reason(),
                DecideRecipients.explain(decision, message.expireTime()),
                decision.time(),
                decision.unrendered());
    }

    private MessageExplanation unrecorded(WorkspaceId workspace, MessageView message) {
        Reason excluded = message.state() == MessageState.Kind.EXCLUDED ? message.reason() : null;
        if (message.identity().equals(Identity.ERASED)) {
            return new MessageExplanation.Erased(excluded);
        }
        if (excluded == Reason.DUPLICATE_RECIPIENT) {
            return duplicate(workspace, message.id());
        }
        if (message.attempts() > 0) {
            return new MessageExplanation.Decided(
                    null,
                    DecideRecipients.explainWithoutRecord(
                            workspace, message.address(), message.stateTime()),
                    null,
                    "");
        }
        return message.state().isOpen()
                ? new MessageExplanation.Pending()
                : new MessageExplanation.NeverDecided();
    }

    private MessageExplanation duplicate(WorkspaceId workspace, MessageId message) {
        return new MessageExplanation.Duplicate(
                messages.writtenInstead(message)
                        .map(profile -> profile.nameIn(workspace))
                        .orElse(""));
    }
}

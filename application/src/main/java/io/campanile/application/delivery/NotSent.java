package io.campanile.application.delivery;

import io.campanile.application.delivery.port.Recording;
import io.campanile.application.store.OutageLog;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What becomes of messages that no provider is asked to take: those that must not be sent, or not
/// yet, and those that cannot be decided or marked.
final class NotSent {
    private final OutageLog defects = new OutageLog(NotSent.class);
    private final DeliveryPorts ports;
    private final DeliveryRules rules;
    private final OutcomeRecorder recorder;
    private final OutcomeListener outcomes;

    /// @param outcomes told what became of those that were put off
    NotSent(
            DeliveryPorts ports,
            DeliveryRules rules,
            OutcomeRecorder recorder,
            OutcomeListener outcomes) {
        this.ports = ports;
        this.rules = rules;
        this.recorder = recorder;
        this.outcomes = outcomes;
    }

    /// Says whether a message may be sent; if not, hands over for recording what becomes of it,
    /// which blocks while the recorder has no room.
    ///
    /// @param unsent what else follows then
    /// @param excluded told what became of it then
    boolean settleUnlessAllowed(
            Deliverable message, Decided decided, Consequences unsent, OutcomeListener excluded)
            throws InterruptedException {
        return switch (decided.decision()) {
            case Decision.Deliver() -> true;
            case Decision.Exclude(var reason, _, _) -> {
                recorder.submit(
                        recording(
                                message,
                                new MessageState.Excluded(reason, decided.time()),
                                decided),
                        unsent,
                        excluded);
                yield false;
            }
            case Decision.Defer(var until, var reason, _) -> {
                MessageState next =
                        DeliveryRules.putOff(
                                until,
                                reason,
                                message.expireTime(),
                                decided.time(),
                                ports.random());
                recorder.submit(recording(message, next, decided), unsent, excluded);
                yield false;
            }
        };
    }

    /// The messages that may be sent; what becomes of the others is recorded.
    ///
    /// @param excluded told what became of those
    List<PreparedMessage> stillToBeSent(List<PreparedMessage> decided, OutcomeListener excluded)
            throws InterruptedException {
        List<PreparedMessage> still = new ArrayList<>(decided.size());
        for (PreparedMessage next : decided) {
            if (settleUnlessAllowed(next.message(), next.decided(), next.unsent(), excluded)) {
                still.add(next);
            }
        }
        return still;
    }

    /// Settles messages that a mark refused.
    void exclude(List<PreparedMessage> refused, OutcomeListener excluded)
            throws InterruptedException {
        if (!stillToBeSent(refused, excluded).isEmpty()) {
            throw new IllegalArgumentException("they may be sent");
        }
    }

    /// Puts a message off that cannot be decided, or marked. If an earlier mark whose answer was
    /// lost marked it all the same, nobody has handed it over.
    void putOff(PreparedMessage culprit, RuntimeException defect) throws InterruptedException {
        recorder.submit(
                putOff(culprit.message(), defect, ports.clock().instant()),
                culprit.unsent(),
                outcomes);
    }

    /// What becomes of a message that cannot be decided.
    Recording putOff(Deliverable culprit, RuntimeException defect, Instant now) {
        defects.error("a message is put off: it cannot be decided message=" + culprit.id(), defect);
        return recording(culprit, ports.afterDefect(rules, culprit, now), now);
    }

    /// With what was decided.
    static Recording recording(Deliverable message, MessageState state, Decided decided) {
        return recording(message, state, decided.record());
    }

    /// With what was decided, and why it could not be rendered all the same.
    static Recording unrendered(
            Deliverable message, MessageState state, Decided decided, String why) {
        return recording(message, state, decided.recordOfUnrendered(why));
    }

    private static Recording recording(
            Deliverable message, MessageState state, DecisionRecord decision) {
        return new Recording(message.claim(), state, ProviderReply.NONE, decision.time(), decision);
    }

    /// When nothing was decided.
    static Recording recording(Deliverable message, MessageState state, Instant now) {
        return new Recording(message.claim(), state, ProviderReply.NONE, now);
    }
}

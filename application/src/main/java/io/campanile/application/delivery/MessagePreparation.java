package io.campanile.application.delivery;

import io.campanile.application.campaign.RevisionSnapshot;
import io.campanile.application.delivery.MailRenderer.Rendering;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.eligibility.Mailing;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.store.Halves;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.ProfileLookup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Decides which claimed messages may be sent, and renders those; settles the others.
final class MessagePreparation {
    private final DeliveryPorts ports;
    private final MailRenderer renderer;
    private final NotSent notSent;
    private final OutcomeRecorder recorder;
    private final OutcomeListener outcomes;
    private final Duration claimNeeded;
    private final ChannelConfiguration configuration;
    private final Consumer<List<Deliverable>> withoutRoom;

    /// Prepares messages of one channel configuration.
    ///
    /// @param withoutRoom takes those back that memory has no room for once they are rendered
    MessagePreparation(
            DeliveryPorts ports,
            MailRenderer renderer,
            NotSent notSent,
            OutcomeRecorder recorder,
            OutcomeListener outcomes,
            ChannelConfiguration configuration,
            Consumer<List<Deliverable>> withoutRoom) {
        this.ports = ports;
        this.renderer = renderer;
        this.notSent = notSent;
        this.recorder = recorder;
        this.outcomes = outcomes;
        this.claimNeeded = Delivery.claimNeeded(configuration);
        this.configuration = configuration;
        this.withoutRoom = withoutRoom;
    }

    private record Candidate(Deliverable message, RevisionSnapshot revision, Subject subject) {
        static Candidate of(
                Deliverable message,
                RevisionSnapshot revision,
                ChannelConfiguration configuration) {
            return new Candidate(
                    message,
                    revision,
                    Mailing.of(revision, configuration)
                            .subject(
                                    message.identity(),
                                    message.address(),
                                    Attributes.of(message.payload().profile()),
                                    message.id()));
        }
    }

    private record Judged(Candidate candidate, Decided decided) {}

    /// As [#prepare], for a message that nodes may have died of. The try is noted before, and the
    /// note is taken back when the node lives on, so that it does not count against the message
    /// when the node dies of another one. The message is rendered even when there is no room for
    /// rendered mails: this call may be repeated, and must not have put the message back before.
    List<PreparedMessage> prepareAlone(Deliverable suspect, RenderedMails.Batch room)
            throws InterruptedException {
        int before = suspect.history().loneTries();
        ports.queue().noteLoneTry(ports.node(), suspect.claim(), before + 1);
        List<PreparedMessage> prepared = prepare(List.of(suspect), room, () -> true);
        ports.queue().noteLoneTry(ports.node(), suspect.claim(), before);
        return prepared;
    }

    /// The messages that may be sent, rendered. Nothing has happened to any of them when it throws
    /// [StoreUnavailable].
    ///
    /// @param room what the rendered ones take from
    List<PreparedMessage> prepare(List<Deliverable> messages, RenderedMails.Batch room)
            throws InterruptedException {
        return prepare(messages, room, room::hasRoom);
    }

    private List<PreparedMessage> prepare(
            List<Deliverable> messages, RenderedMails.Batch room, BooleanSupplier hasRoom)
            throws InterruptedException {
        Instant now = ports.clock().instant();
        List<Recording> barred = new ArrayList<>();
        List<Candidate> candidates = candidates(messages, barred, now);
        List<Judged> judged = judged(candidates, barred, now);
        for (Recording recording : barred) {
            recorder.submit(recording, outcomes);
        }
        List<PreparedMessage> prepared = new ArrayList<>(judged.size());
        List<Deliverable> left = new ArrayList<>();
        for (Judged next : judged) {
            Deliverable message = next.candidate().message();
            // It was not marked yet: nothing is reserved under this claim.
            if (notSent.settleUnlessAllowed(message, next.decided(), Consequences.NONE, outcomes)) {
                if (hasRoom.getAsBoolean()) {
                    prepare(next.candidate(), next.decided(), room).ifPresent(prepared::add);
                } else {
                    left.add(message);
                }
            }
        }
        if (!left.isEmpty()) {
            withoutRoom.accept(left);
        }
        return prepared;
    }

    /// What was decided, by [Halves] where that cannot be about all of them together.
    ///
    /// @param barred takes what becomes of a message that cannot be decided
    private List<Judged> judged(List<Candidate> candidates, List<Recording> barred, Instant now) {
        try {
            return judged(candidates, now);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            if (candidates.size() < 2) {
                candidates.forEach(
                        culprit -> barred.add(notSent.putOff(culprit.message(), e, now)));
                return List.of();
            }
            List<Judged> judged = new ArrayList<>(candidates.size());
            Halves.of(candidates).forEach(half -> judged.addAll(judged(half, barred, now)));
            return judged;
        }
    }

    private List<Judged> judged(List<Candidate> candidates, Instant now) {
        List<Decided> decisions =
                ports.eligibility()
                        .decide(candidates.stream().map(Candidate::subject).toList(), now);
        makeKnown(candidates, decisions);
        List<Judged> judged = new ArrayList<>(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            judged.add(new Judged(candidates.get(i), decisions.get(i)));
        }
        return judged;
    }

    private Optional<PreparedMessage> prepare(
            Candidate candidate, Decided decided, RenderedMails.Batch room)
            throws InterruptedException {
        Deliverable message = candidate.message();
        return switch (renderer.render(
                message, candidate.revision(), candidate.subject(), decided)) {
            case Rendering.Rendered(var email) -> {
                PreparedMessage prepared =
                        PreparedMessage.of(message, candidate.subject(), email, decided);
                room.take(prepared.characters());
                yield Optional.of(prepared);
            }
            case Rendering.Failed(var why) -> {
                MessageState failed = failed(decided.time());
                recorder.submit(NotSent.unrendered(message, failed, decided, why), outcomes);
                yield Optional.empty();
            }
        };
    }

    /// The messages that still may be sent, after decisions that have become old were made anew. If
    /// this throws, nothing has happened to any of them.
    ///
    /// @param excluded told what became of those that may not
    List<PreparedMessage> decideOldAnew(List<PreparedMessage> prepared, OutcomeListener excluded)
            throws InterruptedException {
        Instant now = ports.clock().instant();
        if (prepared.stream().noneMatch(next -> next.isOld(now))) {
            return prepared;
        }
        List<Decided> decisions =
                ports.eligibility()
                        .decide(prepared.stream().map(PreparedMessage::subject).toList(), now);
        List<PreparedMessage> decided = new ArrayList<>(prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            decided.add(prepared.get(i).decidedAnew(decisions.get(i)));
        }
        return notSent.stillToBeSent(decided, excluded);
    }

    /// Makes profiles of strangers where their campaign wants that, whatever was decided. Messages
    /// that were taken from this node since, or name somebody who is being erased, do not count:
    /// they would bring that person back.
    private void makeKnown(List<Candidate> candidates, List<Decided> decisions) {
        List<Candidate> ofStrangers = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            if (candidate.subject().occasion().profileLookup() == ProfileLookup.CREATE
                    && decisions.get(i).facts().addressee().person() == null) {
                ofStrangers.add(candidate);
            }
        }
        if (ofStrangers.isEmpty()) {
            return;
        }
        Set<MessageId> held =
                ports.queue()
                        .held(
                                ports.node(),
                                ofStrangers.stream().map(each -> each.message().claim()).toList());
        ofStrangers.stream()
                .filter(each -> held.contains(each.message().id()))
                .map(Candidate::subject)
                .collect(
                        Collectors.groupingBy(
                                subject -> subject.occasion().workspace(),
                                Collectors.mapping(Subject::identity, Collectors.toSet())))
                .forEach(ports.profiles()::makeKnown);
    }

    /// The messages that time and claims allow and whose revision is known.
    ///
    /// @param barred takes what becomes of the others
    private List<Candidate> candidates(
            List<Deliverable> messages, List<Recording> barred, Instant now) {
        List<Candidate> candidates = new ArrayList<>(messages.size());
        List<Claim> tooOld = new ArrayList<>();
        for (Deliverable message : messages) {
            MessageState state =
                    DeliveryRules.barredFromMark(message.history(), message.expireTime(), now);
            if (state instanceof MessageState.Expired && ports.clock().hasJumped()) {
                // Stays claimed, so that it is not claimed again and again; it is given back as a
                // stray once it is known what time it is.
                continue;
            }
            if (state != null) {
                barred.add(NotSent.recording(message, state, now));
            } else if (now.plus(claimNeeded).isAfter(message.leaseEndTime())) {
                tooOld.add(message.claim());
            } else {
                renderer.revision(message)
                        .ifPresentOrElse(
                                revision ->
                                        candidates.add(
                                                Candidate.of(message, revision, configuration)),
                                () -> barred.add(NotSent.recording(message, failed(now), now)));
            }
        }
        if (!tooOld.isEmpty()) {
            ports.queue().release(ports.node(), tooOld, now);
        }
        return candidates;
    }

    private static MessageState failed(Instant now) {
        return new MessageState.Failed(Reason.RENDERING_FAILED, now);
    }
}

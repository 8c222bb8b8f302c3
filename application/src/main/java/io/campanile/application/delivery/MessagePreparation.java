package io.campanile.application.delivery;

import io.campanile.application.campaign.RevisionSnapshot;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
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
    private static final System.Logger LOG = System.getLogger(MessagePreparation.class.getName());

    /// An older decision is made anew before the mark and before the provider sees the mail, so
    /// that what was recorded about a person since then is obeyed.
    static final Duration FRESH = Duration.ofSeconds(1);

    private final OutageLog defects = new OutageLog(MessagePreparation.class);
    private final DeliveryPorts ports;
    private final RevisionSource revisions;
    private final OutcomeRecorder recorder;
    private final OutcomeListener outcomes;
    private final Duration claimNeeded;
    private final DeliveryRules rules;
    private final String unsubscribeUrl;
    private final ChannelConfiguration configuration;
    private final Consumer<List<Deliverable>> withoutRoom;

    /// Prepares messages of one channel configuration.
    ///
    /// @param withoutRoom takes those back that memory has no room for once they are rendered
    MessagePreparation(
            DeliveryPorts ports,
            RevisionSource revisions,
            OutcomeRecorder recorder,
            OutcomeListener outcomes,
            ChannelConfiguration configuration,
            Consumer<List<Deliverable>> withoutRoom) {
        this.ports = ports;
        this.revisions = revisions;
        this.recorder = recorder;
        this.outcomes = outcomes;
        this.claimNeeded = Delivery.claimNeeded(configuration);
        this.rules = DeliveryRules.of(configuration);
        this.unsubscribeUrl = configuration.sender().unsubscribeUrl();
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
                    new Subject(
                            revision.occasion(configuration.bypassesComplaints()),
                            revision.definition().ruleSets(),
                            message.identity(),
                            message.address(),
                            configuration.addressField(),
                            Attributes.of(message.payload().profile()),
                            revision.contract().readsProfile(),
                            message.id()));
        }
    }

    private record Judged(Candidate candidate, Decided decided) {}

    /// As [#prepare], for a message that nodes may have died of. The note is taken back when the
    /// node lives on, so that it does not speak against the message when the node dies of another.
    /// It is rendered whatever room there is: repeated, it must not have been put back before.
    List<PreparedMessage> prepareAlone(Deliverable suspect, RenderedMails.Batch room)
            throws InterruptedException {
        int before = suspect.history().loneTries();
        ports.queue().noteLoneTry(ports.node(), suspect.claim(), before + 1);
        List<PreparedMessage> prepared = prepare(List.of(suspect), room, () -> true);
        ports.queue().noteLoneTry(ports.node(), suspect.claim(), before);
        return prepared;
    }

    /// Those that may be sent, rendered. Nothing has happened to any of them when it throws
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
            if (mayBeSent(message, next.decided(), Consequences.NONE, outcomes)) {
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

    /// What was decided. One message that cannot be decided must not keep the others: those are
    /// halved until it stands alone.
    ///
    /// @param barred takes what becomes of such a message
    private List<Judged> judged(List<Candidate> candidates, List<Recording> barred, Instant now) {
        try {
            return judged(candidates, now);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            if (candidates.size() < 2) {
                candidates.forEach(culprit -> barred.add(putOff(culprit.message(), e, now)));
                return List.of();
            }
            int half = candidates.size() / 2;
            List<Judged> judged = new ArrayList<>(candidates.size());
            judged.addAll(judged(candidates.subList(0, half), barred, now));
            judged.addAll(judged(candidates.subList(half, candidates.size()), barred, now));
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

    /// Puts a message off that cannot be decided, or marked. If an earlier mark whose answer was
    /// lost marked it all the same, nobody has handed it over.
    void putOff(PreparedMessage culprit, RuntimeException defect) throws InterruptedException {
        recorder.submit(
                putOff(culprit.message(), defect, ports.clock().instant()),
                culprit.unsent(),
                outcomes);
    }

    private Recording putOff(Deliverable culprit, RuntimeException defect, Instant now) {
        defects.error("a message is put off: it cannot be decided message=" + culprit.id(), defect);
        MessageState next =
                ports.isTimeInDoubt(culprit, now)
                        ? DeliveryRules.putOffWithoutClock(
                                Reason.DECISION_FAILED, culprit.claimTime())
                        : rules.afterDefect(
                                culprit.id(), culprit.expireTime(), now, ports.random());
        return recording(culprit, next, now);
    }

    private Optional<PreparedMessage> prepare(
            Candidate candidate, Decided decided, RenderedMails.Batch room)
            throws InterruptedException {
        Optional<PreparedMessage> prepared =
                render(candidate, decided)
                        .map(email ->
                                PreparedMessage.of(
                                        candidate.message(), candidate.subject(), email, decided));
        prepared.ifPresent(next -> room.take(next.characters()));
        return prepared;
    }

    /// Those that still may be sent, when a decision has become old. Nothing has happened to any of
    /// them when it throws.
    ///
    /// @param excluded told what became of those that may not
    List<PreparedMessage> decideOldAnew(List<PreparedMessage> prepared, OutcomeListener excluded)
            throws InterruptedException {
        Instant now = ports.clock().instant();
        Instant oldest = now.minus(FRESH);
        if (prepared.stream().noneMatch(next -> next.factsTime().isBefore(oldest))) {
            return prepared;
        }
        List<Decided> decisions =
                ports.eligibility()
                        .decide(prepared.stream().map(PreparedMessage::subject).toList(), now);
        List<PreparedMessage> decided = new ArrayList<>(prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            decided.add(prepared.get(i).decidedAnew(decisions.get(i)));
        }
        return stillToBeSent(decided, excluded);
    }

    /// Settles messages that a mark refused.
    void exclude(List<PreparedMessage> refused, OutcomeListener excluded)
            throws InterruptedException {
        if (!stillToBeSent(refused, excluded).isEmpty()) {
            throw new IllegalArgumentException("they may be sent");
        }
    }

    private List<PreparedMessage> stillToBeSent(
            List<PreparedMessage> decided, OutcomeListener excluded) throws InterruptedException {
        List<PreparedMessage> still = new ArrayList<>(decided.size());
        for (PreparedMessage next : decided) {
            if (mayBeSent(next.message(), next.decided(), next.unsent(), excluded)) {
                still.add(next);
            }
        }
        return still;
    }

    /// Strangers become people where their campaign wants that, whatever was decided; but not by
    /// messages that were taken from this node since: that of a person who was erased would bring
    /// them back.
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

    /// Those that time and claims allow and whose revision is known.
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
                barred.add(recording(message, state, now));
            } else if (now.plus(claimNeeded).isAfter(message.leaseEndTime())) {
                tooOld.add(message.claim());
            } else {
                revision(message)
                        .ifPresentOrElse(
                                revision ->
                                        candidates.add(
                                                Candidate.of(message, revision, configuration)),
                                () -> barred.add(recording(message, failed(now), now)));
            }
        }
        if (!tooOld.isEmpty()) {
            ports.queue().release(ports.node(), tooOld, now);
        }
        return candidates;
    }

    /// Whatever is wrong with one revision, it must not take the messages of others with it.
    private Optional<RevisionSnapshot> revision(Deliverable message) {
        try {
            Optional<RevisionSnapshot> revision =
                    revisions.revision(message.campaign(), message.revision());
            if (revision.isEmpty()) {
                logFailed(message, "the campaign was purged");
            }
            return revision;
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            logUnexpected(message, e);
            return Optional.empty();
        }
    }

    private boolean mayBeSent(
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

    /// Whatever is wrong with one message, it must not take the rest of the batch with it.
    private Optional<OutgoingEmail> render(Candidate candidate, Decided decided)
            throws InterruptedException {
        Deliverable message = candidate.message();
        try {
            return Optional.of(render(candidate, decided.facts().addressee()));
        } catch (RenderingFailed e) {
            logFailed(message, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            logUnexpected(message, e);
        }
        recorder.submit(recording(message, failed(decided.time()), decided), outcomes);
        return Optional.empty();
    }

    private static void logFailed(Deliverable message, String cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                "rendering failed message={0} cause={1}",
                message.id(),
                cause);
    }

    private static void logUnexpected(Deliverable message, RuntimeException e) {
        LOG.log(
                System.Logger.Level.ERROR,
                "rendering failed unexpectedly message=" + message.id(),
                e);
    }

    private static MessageState failed(Instant now) {
        return new MessageState.Failed(Reason.RENDERING_FAILED, now);
    }

    private OutgoingEmail render(Candidate candidate, Addressee addressee) {
        Deliverable message = candidate.message();
        RevisionSnapshot revision = candidate.revision();
        String link =
                ports.unsubscribeLinks()
                        .link(unsubscribeUrl, candidate.subject().occasion(), message.identity());
        RenderedEmail content =
                revision.render(
                        message.payload(), addressee.details().attributes(), message.id(), link);
        return new OutgoingEmail(
                message.id(),
                revision.category(),
                addressee.requiredAddress(),
                content,
                message.expireTime(),
                link);
    }

    private static Recording recording(Deliverable message, MessageState state, Decided decided) {
        return new Recording(
                message.claim(), state, ProviderReply.NONE, decided.time(), decided.record());
    }

    private static Recording recording(Deliverable message, MessageState state, Instant now) {
        return new Recording(message.claim(), state, ProviderReply.NONE, now);
    }
}

package io.campanile.application.delivery;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.eligibility.DecideRecipients.Earlier;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.eligibility.ReservationFate;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.suppression.Bounce;
import io.campanile.domain.suppression.BounceKind;
import io.campanile.domain.suppression.BouncedAddress;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A message that was decided, and how it looks.
///
/// @param subject whom it was decided about
/// @param decided the last decision
/// @param factsTime when the facts were read that the decision rests on; the rules in them may have
///   been read later
/// @param isRecorded whether what is to be kept of the decision is stored already
/// @param mayHaveReserved whether a mark reserves for it, by the last decision or one before
/// @param counted the rule sets for which the mark reserved
record PreparedMessage(
        Deliverable message,
        Subject subject,
        OutgoingEmail email,
        Decided decided,
        Instant factsTime,
        boolean isRecorded,
        boolean mayHaveReserved,
        Set<RuleSetId> counted) {
    /// An older decision is made anew before the mark and before the provider sees the mail, so
    /// that what was recorded about a person since then is obeyed.
    private static final Duration FRESH = Duration.ofSeconds(1);

    static PreparedMessage of(
            Deliverable message, Subject subject, OutgoingEmail email, Decided decided) {
        return new PreparedMessage(
                message,
                subject,
                email,
                decided,
                decided.time(),
                false,
                isCapped(subject, decided),
                Set.of());
    }

    /// The same after a decision by newer facts, which may send it elsewhere.
    PreparedMessage decidedAnew(Decided latest) {
        return decided(latest, latest.time());
    }

    /// The same after a decision by newer rules.
    PreparedMessage decidedByRules(Decided latest) {
        return decided(latest, factsTime);
    }

    private PreparedMessage decided(Decided latest, Instant newFactsTime) {
        EmailAddress address = latest.facts().addressee().address();
        return new PreparedMessage(
                message,
                subject,
                address == null ? email : email.sentTo(address),
                latest,
                newFactsTime,
                false,
                mayHaveReserved || isCapped(subject, latest),
                counted);
    }

    PreparedMessage marked() {
        return new PreparedMessage(
                message,
                subject,
                email,
                decided,
                factsTime,
                true,
                mayHaveReserved,
                capping(subject, decided)
                        .map(RuleSetFacts::id)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// Whether it is counted wherever the last decision would have it counted, and not only where
    /// the one before the mark would: a rule set may have come into force since.
    boolean isCountedEverywhere() {
        return capping(subject, decided).map(RuleSetFacts::id).allMatch(counted::contains);
    }

    /// @param again whether an earlier mark may have kept another decision
    Marking marking(boolean again) {
        boolean first = message.tries().attempts() == 0 && !again;
        return new Marking(claim(), first ? decided.recordOfFirst() : decided.record());
    }

    /// What the mark did not record because it was decided afterwards.
    @Nullable DecisionRecord unrecorded() {
        return isRecorded ? null : decided.record();
    }

    /// Whether it is to be decided anew.
    boolean isOld(Instant now) {
        return factsTime.isBefore(now.minus(FRESH));
    }

    /// What it holds in memory.
    long characters() {
        RenderedEmail content = email.content();
        return (long) content.subject().length()
                + content.html().length()
                + content.text().length();
    }

    MessageId id() {
        return message.id();
    }

    Claim claim() {
        return message.claim();
    }

    Earlier earlier() {
        return new Earlier(subject, decided.facts());
    }

    boolean mayBeSent() {
        return decided.decision() instanceof Decision.Deliver;
    }

    /// Whether a mark must reserve for it.
    boolean isCapped() {
        return isCapped(subject, decided);
    }

    private static boolean isCapped(Subject subject, Decided decided) {
        return capping(subject, decided).findAny().isPresent();
    }

    private static Stream<RuleSetFacts> capping(Subject subject, Decided decided) {
        return decided.facts().rules().capping(subject.occasion().channel()).stream();
    }

    /// Whom it counts for; nobody without rule sets.
    @Nullable PersonKey person() {
        return decided.facts().rules().person();
    }

    /// What a mark reserves: one for each rule set.
    List<NewReservation> reservations() {
        PersonKey person = person();
        if (person == null) {
            return List.of();
        }
        var reservation = new Reservation(channel(), decided.time());
        return capping(subject, decided)
                .map(set ->
                        new NewReservation(claim(), set.id(), set.version(), person, reservation))
                .toList();
    }

    /// What follows when nobody was asked to take it.
    Consequences unsent() {
        return Consequences.of(
                mayHaveReserved ? ReservationFate.GIVEN_BACK : ReservationFate.UNCHANGED);
    }

    /// What follows from an attempt.
    Consequences after(AttemptOutcome outcome, Instant now) {
        return new Consequences(
                mayHaveReserved ? ReservationFate.after(outcome) : ReservationFate.UNCHANGED,
                BounceKind.of(outcome)
                        .map(kind -> new Bounce(address(), kind, id(), outcome.reply(), now)));
    }

    private BouncedAddress address() {
        return BouncedAddress.of(subject.occasion().workspace(), email.to());
    }

    private Channel channel() {
        return subject.occasion().channel();
    }
}

package io.campanile.domain.consent;

import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;

/// One thing somebody said about what they want to get. Never changed. What counts of a subject and
/// level, [ConsentHistory] says.
///
/// @param source where it was said, such as `checkout`; may be empty
/// @param proof what shows that it was said: words or ids; may be empty
/// @param by the key that recorded it
/// @param time when it was said; no two things that are said now about one level have one time
/// @param recordTime when it was recorded
public record ConsentRecord(
        ConsentRecordId id,
        WorkspaceId workspace,
        ConsentSubject subject,
        ConsentLevel level,
        ConsentState state,
        String source,
        String proof,
        Actor by,
        Instant time,
        Instant recordTime) {
    /// The proof of what follows something else, before the pseudonym which that is kept under.
    private static final String FOLLOWS = "follows ";

    /// The full name, `workspaces/{workspace}/consentRecords/{consent_record}`.
    public String name() {
        return id.nameIn(workspace);
    }

    /// The one that counts for a level, of those that count now.
    public static Optional<ConsentRecord> ofLevel(
            ConsentLevel level, Collection<ConsentRecord> counting) {
        return counting.stream().filter(record -> record.level.equals(level)).findFirst();
    }

    /// Whether it was said some time before it was recorded, and not to us.
    public boolean isBroughtOver() {
        return time.isBefore(recordTime);
    }

    /// Whether it says what another one does, so that nobody needs both.
    public boolean repeats(ConsentRecord other) {
        return subject.equals(other.subject)
                && level.equals(other.level)
                && state == other.state
                && time.equals(other.time)
                && source.equals(other.source)
                && proof.equals(other.proof);
    }

    /// This, not before another one of the same subject and level; what was brought over stays
    /// where it is.
    public ConsentRecord saidAfter(ConsentRecord other) {
        Instant earliest = other.time.plus(1, ChronoUnit.MICROS);
        return isBroughtOver() || !time.isBefore(earliest)
                ? this
                : new ConsentRecord(
                        id,
                        workspace,
                        subject,
                        level,
                        state,
                        source,
                        proof,
                        by,
                        earliest,
                        recordTime);
    }

    /// The same said by somebody who turned out to be another.
    public ConsentRecord of(ConsentSubject.OfProfile other) {
        return new ConsentRecord(
                id, workspace, other, level, state, source, proof, by, time, recordTime);
    }

    /// The same said by whoever an identity that said it turned out to be.
    public ConsentRecord copiedTo(ConsentSubject.OfProfile person, ConsentRecordId newId) {
        return new ConsentRecord(
                newId, workspace, person, level, state, source, proof, by, time, recordTime);
    }

    /// Whether this record counts rather than another one about the same level that turns out to be
    /// the same person's. A denial counts before a yes, and a yes before a question; of two of a
    /// kind, the newer one.
    public boolean outweighs(ConsentRecord other) {
        if (!level.equals(other.level)) {
            return true;
        }
        if ((state == ConsentState.DENIED) != (other.state == ConsentState.DENIED)) {
            return state == ConsentState.DENIED;
        }
        if ((state == ConsentState.PENDING) != (other.state == ConsentState.PENDING)) {
            return other.state == ConsentState.PENDING;
        }
        return time.isAfter(other.time);
    }

    /// Whether the person has refused since this was asked, or at that very time: a yes to it comes
    /// too late then.
    public boolean isOvertakenBy(ConsentRecord counting) {
        return counting.state == ConsentState.DENIED && !counting.time.isBefore(time);
    }

    /// Whether a refusal counts in place of this yes, however old: that of somebody who turned out
    /// to be the same person.
    public boolean isTakenBackBy(ConsentRecord counting) {
        return state == ConsentState.GRANTED && counting.state == ConsentState.DENIED;
    }

    /// The yes of whoever was asked by this.
    public ConsentRecord confirmed(String newProof, Actor who, Instant now) {
        return new ConsentRecord(
                id.confirmation(),
                workspace,
                subject,
                level,
                ConsentState.GRANTED,
                source,
                newProof.isEmpty() ? "confirms " + name() : newProof,
                who,
                now,
                now);
    }

    /// The same said under a pseudonym, without the words that came with it: these may name who
    /// said it.
    public ConsentRecord about(EmailAddress pseudonym, ConsentRecordId newId) {
        return new ConsentRecord(
                newId,
                workspace,
                new ConsentSubject.OfAddress(pseudonym),
                level,
                state,
                "",
                "",
                by,
                time,
                recordTime);
    }

    /// The same with other words about where it comes from.
    public ConsentRecord from(String otherSource, String otherProof) {
        return new ConsentRecord(
                id,
                workspace,
                subject,
                level,
                state,
                otherSource,
                otherProof,
                by,
                time,
                recordTime);
    }

    /// The same, said because of what is kept under another pseudonym: whoever lifts that lifts
    /// this as well.
    public ConsentRecord following(EmailAddress pseudonym) {
        return from(source, FOLLOWS + pseudonym.value());
    }

    /// Whether it was said because of what is kept under that pseudonym.
    public boolean isFollowing(EmailAddress pseudonym) {
        return proof.equals(FOLLOWS + pseudonym.value());
    }

    /// What of it a decision needs.
    public Consent consent() {
        return new Consent(id, level, state, source, time);
    }

    @Override
    public String toString() {
        return name();
    }
}

package io.campanile.domain.suppression;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Nothing is sent to an address or a domain, whatever its owner consented to.
///
/// @param note for people; may be empty
/// @param expireTime from when on it has no effect; never when absent
public record Suppression(
        SuppressionId id,
        WorkspaceId workspace,
        SuppressionTarget target,
        SuppressionReason reason,
        String note,
        Instant createTime,
        @Nullable Instant expireTime) {

    /// The most characters (code points) of a note.
    public static final int LONGEST_NOTE = 500;

    private static final String AFTER_COMPLAINT = "; there was a complaint before";

    /// The full name, `workspaces/{workspace}/suppressions/{suppression}`.
    public String name() {
        return id.nameIn(workspace);
    }

    @Override
    public String toString() {
        return name();
    }

    /// One entry in place of two for the same target: it holds back all that either of them does,
    /// for as long as either does, and maybe more. Of two in force, its reason is a complaint only
    /// if both are, because service messages may bypass a complaint.
    public Suppression and(Suppression other, Instant now) {
        if (!isInForce(now) || !other.isInForce(now)) {
            return isInForce(now) ? this : other;
        }
        Suppression longer = fact().orLonger(other.fact()).entry().equals(id) ? this : other;
        if (isComplaint() == other.isComplaint()) {
            return longer;
        }
        return (isComplaint() ? other : this).until(longer.expireTime);
    }

    /// What is to stand in place of this when another is entered for the same target: nothing when
    /// the other holds back no more and for no longer.
    public Optional<Suppression> strengthenedBy(Suppression newer, Instant now) {
        Suppression both = and(newer, now);
        boolean stronger =
                both.isComplaint() != isComplaint() || !Objects.equals(both.expireTime, expireTime);
        return stronger
                ? Optional.of(
                        new Suppression(
                                newer.id,
                                workspace,
                                target,
                                both.reason,
                                both.note,
                                newer.createTime,
                                both.expireTime))
                : Optional.empty();
    }

    private Suppression until(@Nullable Instant newExpireTime) {
        return new Suppression(id, workspace, target, reason, note, createTime, newExpireTime);
    }

    /// Whether a complaint is all that it stands for.
    public boolean isComplaint() {
        return reason == SuppressionReason.COMPLAINT;
    }

    /// What replaces this entry when mail to the target bounced. Nothing where this entry holds all
    /// mail back for as long. A complaint is replaced, because service messages may bypass it, and
    /// so is an entry that expires.
    public Optional<Suppression> afterBounce(Suppression bounced, Instant now) {
        if (isComplaint()) {
            return Optional.of(bounced.afterComplaint());
        }
        return strengthenedBy(bounced, now);
    }

    /// The same, noting that there was a complaint before; a note that is too long for that loses
    /// its end.
    Suppression afterComplaint() {
        return new Suppression(
                id,
                workspace,
                target,
                reason,
                beginning(note, LONGEST_NOTE - AFTER_COMPLAINT.length()) + AFTER_COMPLAINT,
                createTime,
                expireTime);
    }

    private static String beginning(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    /// The same for the address of somebody who was erased, without words about them.
    public Suppression of(EmailAddress pseudonym) {
        return new Suppression(
                id, workspace, SuppressionTarget.of(pseudonym), reason, "", createTime, expireTime);
    }

    public boolean isInForce(Instant now) {
        return fact().isInForce(now);
    }

    /// What of it a decision needs.
    public SuppressionFact fact() {
        return new SuppressionFact(id, reason, createTime, expireTime);
    }
}

package io.campanile.domain.audience;

import io.campanile.domain.use.Uses;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// People that marketing is sent to together: either those who were listed, or those whom a rule
/// matches at the moment, never both. Its members are profiles, each at most once; there can be
/// millions, so they are not part of it.
///
/// @param memberCount how many are listed, so 0 with a rule; changes without a new version
/// @param version raised by every change but those of members; the etag
public record Audience(
        AudienceId id,
        AudienceName name,
        AudienceDefinition definition,
        long memberCount,
        long version,
        Instant createTime,
        Instant updateTime) {

    /// An audience nobody has changed yet, without listed members.
    public static Audience created(
            AudienceId id, AudienceName name, AudienceDefinition definition, Instant now) {
        return new Audience(id, name, definition, 0, 1, now, now);
    }

    /// Who is in it; empty where members are listed.
    public String rule() {
        return definition.rule();
    }

    public boolean isByRule() {
        return !rule().isEmpty();
    }

    /// The audience after an edit. Who is listed is not thrown away for a rule.
    public AudienceDecision edited(AudienceDefinition edited, Instant now) {
        if (!edited.rule().isEmpty() && memberCount > 0) {
            return new AudienceDecision.Refused(
                    AudienceDecision.Reason.AUDIENCE_HAS_MEMBERS,
                    "Audience %s has %d listed members, and a rule would take their place."
                            .formatted(name.audience(), memberCount),
                    "Remove them, or give the rule to another audience.");
        }
        return new AudienceDecision.Changed(
                new Audience(id, name, edited, memberCount, version + 1, createTime, now));
    }

    /// The audience when so many more are listed; fewer when that is negative.
    public Audience withMore(long members) {
        return new Audience(
                id, name, definition, memberCount + members, version, createTime, updateTime);
    }

    /// Why nobody can be listed or taken off the list; nothing where people can.
    public Optional<AudienceDecision.Refused> refusesMembers() {
        return isByRule()
                ? Optional.of(
                        new AudienceDecision.Refused(
                                AudienceDecision.Reason.AUDIENCE_HAS_RULE,
                                "The rule of audience %s says who is in it."
                                        .formatted(name.audience()),
                                "Change the rule, or clear it and then list members."))
                : Optional.empty();
    }

    /// Why it cannot be deleted; nothing where it can.
    ///
    /// @param uses the campaigns that need it
    /// @param askers the audiences whose rules ask who is listed in this one. Without this one,
    ///   such a condition would be false for everybody, and its negation true
    public Optional<AudienceDecision.Refused> refusesDeletion(
            Uses uses, List<AudienceName> askers) {
        return uses.isEmpty() && askers.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AudienceDecision.Refused(
                                AudienceDecision.Reason.AUDIENCE_IN_USE,
                                "Campaigns that have not ended need audience %s: %d; rules of other audiences: %d."
                                        .formatted(name.audience(), uses.count(), askers.size()),
                                "Let them name another one, and cancel what has not begun.",
                                uses,
                                askers));
    }
}

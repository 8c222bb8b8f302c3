package io.campanile.domain.audience;

import io.campanile.domain.audience.AudienceDecision.Changed;
import io.campanile.domain.audience.AudienceDecision.Deleted;
import io.campanile.domain.audience.AudienceDecision.Reason;
import io.campanile.domain.audience.AudienceDecision.Refused;
import io.campanile.domain.use.Uses;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What may become of an audience and of its list, in one place.
public final class AudienceLifecycle {
    private AudienceLifecycle() {}

    /// What an edit of its words and its rule comes to. Who is listed is not thrown away for a
    /// rule, and rules of others keep meaning what they meant.
    ///
    /// @param edited the audience as it is to be
    /// @param askers the audiences whose rules ask who is listed in this one; asked only where it
    ///   is to have a rule, with which such a condition would be false for everybody, and its
    ///   negation true
    public static AudienceDecision update(
            Audience before, Audience edited, Supplier<List<AudienceName>> askers, Instant now) {
        if (before.isByRule() || !edited.isByRule()) {
            return new Changed(edited.changed(now));
        }
        String id = edited.name().audience();
        if (edited.memberCount() > 0) {
            return new Refused(
                    Reason.AUDIENCE_HAS_MEMBERS,
                    "Audience %s has %d listed members, and a rule would take their place."
                            .formatted(id, edited.memberCount()),
                    "Remove them, or give the rule to another audience.");
        }
        List<AudienceName> asking = askers.get();
        return asking.isEmpty()
                ? new Changed(edited.changed(now))
                : new Refused(
                        Reason.AUDIENCE_IN_USE,
                        "Rules of other audiences ask who is listed in audience %s: %d."
                                .formatted(id, asking.size()),
                        "Change those rules first, or give the rule to another audience.",
                        Uses.NONE,
                        asking);
    }

    /// What to remove it comes to.
    ///
    /// @param uses the campaigns that need it
    /// @param askers the audiences whose rules ask who is listed in it
    public static AudienceDecision delete(Audience audience, Uses uses, List<AudienceName> askers) {
        return uses.isEmpty() && askers.isEmpty()
                ? new Deleted()
                : new Refused(
                        Reason.AUDIENCE_IN_USE,
                        "Campaigns that have not ended need audience %s: %d; rules of other audiences: %d."
                                .formatted(audience.name().audience(), uses.count(), askers.size()),
                        "Let them name another one, and cancel what has not begun.",
                        uses,
                        askers);
    }

    /// Why nobody can be listed or taken off the list; nothing where people can.
    public static Optional<Refused> refusesMembers(Audience audience) {
        return audience.isByRule()
                ? Optional.of(
                        new Refused(
                                Reason.AUDIENCE_HAS_RULE,
                                "The rule of audience %s says who is in it."
                                        .formatted(audience.name().audience()),
                                "Change the rule, or clear it and then list members."))
                : Optional.empty();
    }
}

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

    /// What somebody asks of an audience.
    public enum Action {
        /// Replaces its words and its rule.
        UPDATE,
        DELETE
    }

    /// What the action comes to; an update is decided with the new audience.
    ///
    /// @param uses the campaigns that need it; asked only where the decision depends on it
    /// @param askers the audiences whose rules ask who is listed in this one; asked as `uses` is.
    ///   Without this one, such a condition would be false for everybody, and its negation true
    public static AudienceDecision decide(
            Audience audience,
            Action action,
            Supplier<Uses> uses,
            Supplier<List<AudienceName>> askers,
            Instant now) {
        return switch (action) {
            case UPDATE -> update(audience, now);
            case DELETE -> delete(audience, uses.get(), askers.get());
        };
    }

    /// Who is listed is not thrown away for a rule.
    private static AudienceDecision update(Audience audience, Instant now) {
        return audience.isByRule() && audience.memberCount() > 0
                ? new Refused(
                        Reason.AUDIENCE_HAS_MEMBERS,
                        "Audience %s has %d listed members, and a rule would take their place."
                                .formatted(audience.name().audience(), audience.memberCount()),
                        "Remove them, or give the rule to another audience.")
                : new Changed(audience.changed(now));
    }

    private static AudienceDecision delete(
            Audience audience, Uses uses, List<AudienceName> askers) {
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

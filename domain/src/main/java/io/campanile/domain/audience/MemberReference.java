package io.campanile.domain.audience;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// A place in a rule that asks whether somebody is listed in another audience.
///
/// @param line counted from 1
/// @param column in characters, counted from 1
public record MemberReference(String audience, int line, int column) {

    /// The references that lead nowhere: to an audience that does not exist, that has a rule, or
    /// that is the asking one itself. A rule can ask about listed members only, so that no rule
    /// depends on another.
    ///
    /// @param of the audience with the rule, which cannot refer to itself either
    /// @param existing the audiences of its workspace that are referred to, at least
    public static List<MemberReference> dangling(
            Collection<MemberReference> references,
            AudienceName of,
            Collection<Audience> existing) {
        return references.stream()
                .filter(reference -> existing.stream().noneMatch(reference.leadsTo(of)))
                .toList();
    }

    private Predicate<Audience> leadsTo(AudienceName of) {
        return other ->
                other.name().audience().equals(audience)
                        && !other.isByRule()
                        && !other.name().equals(of);
    }

    /// What to say about a reference that leads nowhere.
    public RuleProblem problem() {
        return new RuleProblem(
                line,
                column,
                "There is no audience %s of listed members in this workspace.".formatted(audience));
    }
}

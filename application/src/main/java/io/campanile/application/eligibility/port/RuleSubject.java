package io.campanile.application.eligibility.port;

import io.campanile.domain.profile.KnownPerson;

import org.jspecify.annotations.Nullable;

/// Somebody whom rule sets are asked about.
///
/// @param person who that is, where it was found out just now; absent where it is to be looked up
public record RuleSubject(Subject subject, @Nullable KnownPerson person) {
    /// Somebody to be looked up.
    public static RuleSubject of(Subject subject) {
        return new RuleSubject(subject, null);
    }
}

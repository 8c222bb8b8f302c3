package io.campanile.application.delivery.port;

import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.ruleset.RuleSetId;

/// A marked message that is to count under a rule set.
///
/// @param version of the rule set by which it was decided
public record NewReservation(
        Claim claim, RuleSetId ruleSet, long version, PersonKey person, Reservation reservation) {
    /// The same for whoever the person turned out to be.
    public NewReservation by(PersonKey other) {
        return new NewReservation(claim, ruleSet, version, other, reservation);
    }
}

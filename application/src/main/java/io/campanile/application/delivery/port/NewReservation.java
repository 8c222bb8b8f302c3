package io.campanile.application.delivery.port;

import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.ruleset.RuleSetId;

/// A marked message that is to count under a rule set.
///
/// @param version of the rule set by which it was decided
public record NewReservation(
        Claim claim, RuleSetId ruleSet, long version, PersonKey person, Reservation reservation) {}

package io.campanile.testkit.eligibility;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.AllowedList;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.eligibility.Rule;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.message.Reason;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.QuietHours.Behaviour;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.suppression.SuppressionFact;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Something more on record that speaks against writing to somebody.
///
/// @param kind of it, for people
/// @param rule that says no because of it
/// @param reason which it gives
/// @param with the facts once it is on record
record Denial(String kind, Rule rule, Reason reason, Facts with) {
    /// Every kind there is.
    static List<Denial> of(Facts facts, Instant now) {
        Stream<Denial> ofEveryMessage =
                Stream.of(
                                refusals(facts, now),
                                suppressions(facts, now),
                                Stream.of(allowedList(facts)))
                        .flatMap(kind -> kind);
        return Stream.concat(ofEveryMessage, ruleSets(facts, now)).toList();
    }

    /// At every level that covers the message, by the person and for the address.
    static Stream<Denial> refusals(Facts facts, Instant now) {
        return MoreFacts.levels(facts, "", facts.occasion().topic())
                .map(level -> MoreFacts.said(level, ConsentState.DENIED, now.minusSeconds(30)))
                .flatMap(no ->
                        Stream.of(
                                refusal("person", no, MoreFacts.saidByPerson(facts, no)),
                                refusal("address", no, MoreFacts.saidForAddress(facts, no))));
    }

    private static Denial refusal(String by, Consent no, Facts with) {
        String channel = no.level().channel() == null ? "any" : "email";
        String topic = no.level().topic().isEmpty() ? "" : "/topic";
        return new Denial(
                "refusal of " + channel + topic + " by the " + by,
                Rule.CONSENT,
                Reason.CONSENT_DENIED,
                with);
    }

    private static Stream<Denial> suppressions(Facts facts, Instant now) {
        var entry =
                new SuppressionFact(
                        new SuppressionId(new UUID(1, 2)),
                        SuppressionReason.MANUAL,
                        now.minusSeconds(30),
                        now.plusMillis(1));
        return Stream.of(
                new Denial(
                        "suppression of the address",
                        Rule.ADDRESS_SUPPRESSION,
                        Reason.ADDRESS_SUPPRESSED,
                        MoreFacts.withAddressSuppressed(facts, entry)),
                new Denial(
                        "suppression of the domain",
                        Rule.DOMAIN_SUPPRESSION,
                        Reason.DOMAIN_SUPPRESSED,
                        MoreFacts.withDomainSuppressed(facts, entry)));
    }

    private static Denial allowedList(Facts facts) {
        return new Denial(
                "allowed list without the address",
                Rule.ALLOWED_LIST,
                Reason.NOT_ON_ALLOWED_LIST,
                facts.with(AllowedList.LACKS));
    }

    /// Nothing but marketing has rule sets.
    private static Stream<Denial> ruleSets(Facts facts, Instant now) {
        if (facts.occasion().purpose() != Purpose.MARKETING) {
            return Stream.of();
        }
        LocalTime there = LocalTime.ofInstant(now, facts.rules().zone());
        return Stream.of(
                new Denial(
                        "cap that is used up",
                        Rule.FREQUENCY,
                        Reason.FREQUENCY_CAPPED,
                        MoreFacts.under(facts, usedUp(now))),
                new Denial(
                        "quiet hours that discard",
                        Rule.QUIET_HOURS,
                        Reason.QUIET_HOURS,
                        quiet(facts, there, there.plusHours(1), Behaviour.DISCARD, now)),
                new Denial(
                        "quiet hours without end",
                        Rule.QUIET_HOURS,
                        Reason.QUIET_HOURS,
                        quiet(facts, there, there, Behaviour.QUEUE, now)));
    }

    private static RuleSetFacts usedUp(Instant now) {
        return ruleSet(
                now,
                List.of(FrequencyCap.per(FrequencyCap.Period.HOUR, 2, Set.of(Channel.EMAIL))),
                List.of(),
                List.of(
                        new Reservation(Channel.EMAIL, now.minusSeconds(3_599)),
                        new Reservation(Channel.EMAIL, now)));
    }

    private static Facts quiet(
            Facts facts, LocalTime start, LocalTime end, Behaviour behaviour, Instant now) {
        return MoreFacts.under(
                facts,
                ruleSet(
                        now,
                        List.of(),
                        List.of(new QuietHours(start, end, Set.of(), behaviour)),
                        List.of()));
    }

    private static RuleSetFacts ruleSet(
            Instant now,
            List<FrequencyCap> caps,
            List<QuietHours> quietHours,
            List<Reservation> reserved) {
        return new RuleSetFacts(
                new RuleSetId(new UUID(1, 3)),
                new RuleSetName(WorkspaceId.DEFAULT, "more"),
                1,
                now.minusSeconds(30),
                caps,
                quietHours,
                reserved);
    }

    @Override
    public String toString() {
        return kind + " in " + with;
    }
}

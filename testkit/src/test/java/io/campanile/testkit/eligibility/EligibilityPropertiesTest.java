package io.campanile.testkit.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Eligibility;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Rule;
import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.message.Reason;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What holds of every decision, whatever is known. Each property also says how often it met what
/// it is about, so that none holds because there was nothing to hold of.
class EligibilityPropertiesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int SEEDS = 20;
    private static final int FACTS_OF_EACH = 1_000;
    private static final int OFTEN = 20;

    /// Which rule may give which reason.
    private static final Map<Rule, Set<Reason>> REASONS =
            new EnumMap<>(
                    Map.of(
                            Rule.PROFILE,
                            Set.of(Reason.PROFILE_UNKNOWN),
                            Rule.ADDRESS,
                            Set.of(Reason.ADDRESS_MISSING, Reason.ADDRESS_MALFORMED),
                            Rule.CONSENT,
                            Set.of(Reason.CONSENT_DENIED),
                            Rule.ADDRESS_SUPPRESSION,
                            Set.of(Reason.ADDRESS_SUPPRESSED),
                            Rule.DOMAIN_SUPPRESSION,
                            Set.of(Reason.DOMAIN_SUPPRESSED),
                            Rule.ALLOWED_LIST,
                            Set.of(Reason.NOT_ON_ALLOWED_LIST),
                            Rule.QUIET_HOURS,
                            Set.of(Reason.QUIET_HOURS),
                            Rule.FREQUENCY,
                            Set.of(Reason.FREQUENCY_CAPPED)));

    private final Map<String, Integer> met = new TreeMap<>();

    private void meet(String what) {
        met.merge(what, 1, Integer::sum);
    }

    private void hasOftenMet(Stream<String> whats) {
        assertThat(whats.toList())
                .isNotEmpty()
                .allSatisfy(what ->
                        assertThat(met.getOrDefault(what, 0))
                                .as("%s, of %s", what, met)
                                .isGreaterThanOrEqualTo(OFTEN));
    }

    private static void forEveryFact(Consumer<Facts> property) {
        forEveryFact(SEEDS, property);
    }

    private static void forEveryFact(int seeds, Consumer<Facts> property) {
        LongStream.range(0, seeds)
                .forEach(seed -> {
                    var generated = new GeneratedFacts(new SplittableRandom(seed), NOW);
                    for (int left = FACTS_OF_EACH; left > 0; left--) {
                        property.accept(generated.next());
                    }
                });
    }

    private static Optional<Verdict> firstNo(Facts facts) {
        return Eligibility.explain(facts, NOW).stream()
                .filter(verdict -> !(verdict.decision() instanceof Decision.Deliver))
                .findFirst();
    }

    private static Decision decided(Facts facts) {
        return Eligibility.decide(facts, NOW);
    }

    /// Such as `EXCLUDE CONSENT_DENIED`.
    private static String outcome(Decision decision) {
        return switch (decision) {
            case Decision.Deliver() -> "DELIVER";
            case Decision.Exclude(var reason, _, _) -> "EXCLUDE " + reason;
            case Decision.Defer(_, var reason, _) -> "DEFER " + reason;
        };
    }

    @Test
    void theFirstNoInTheOrderOfTheRulesDecides() {
        forEveryFact(facts -> {
            List<Verdict> verdicts = Eligibility.explain(facts, NOW);

            assertThat(verdicts).extracting(Verdict::rule).containsExactly(Rule.values());
            assertThat(decided(facts))
                    .as("%s", facts)
                    .isEqualTo(
                            firstNo(facts).map(Verdict::decision).orElse(new Decision.Deliver()));
            assertThat(verdicts).allSatisfy(EligibilityPropertiesTest::givesAReasonOfItsOwn);
            meet(facts.occasion().purpose() + " " + outcome(decided(facts)));
        });

        hasOftenMet(
                Stream.of(Purpose.values())
                        .flatMap(purpose -> outcomes(purpose).map(each -> purpose + " " + each)));
        assertThat(met.keySet())
                .as("met: %s", met)
                .noneMatch(each -> each.contains("SERVICE DEFER"));
    }

    private static Stream<String> outcomes(Purpose purpose) {
        Stream<String> ofAll =
                Stream.of(
                        "DELIVER",
                        "EXCLUDE PROFILE_UNKNOWN",
                        "EXCLUDE ADDRESS_MISSING",
                        "EXCLUDE ADDRESS_MALFORMED",
                        "EXCLUDE CONSENT_DENIED",
                        "EXCLUDE ADDRESS_SUPPRESSED",
                        "EXCLUDE DOMAIN_SUPPRESSED",
                        "EXCLUDE NOT_ON_ALLOWED_LIST");
        return purpose == Purpose.SERVICE
                ? ofAll
                : Stream.concat(
                        ofAll,
                        Stream.of(
                                "EXCLUDE QUIET_HOURS",
                                "DEFER QUIET_HOURS",
                                "EXCLUDE FREQUENCY_CAPPED"));
    }

    private static void givesAReasonOfItsOwn(Verdict verdict) {
        switch (verdict.decision()) {
            case Decision.Deliver() -> {}
            case Decision.Exclude(var reason, _, var remedy) -> {
                assertThat(REASONS.get(verdict.rule())).contains(reason);
                assertThat(remedy).isNotEmpty();
            }
            case Decision.Defer(var until, var reason, _) -> {
                assertThat(verdict.rule()).isEqualTo(Rule.QUIET_HOURS);
                assertThat(reason).isEqualTo(Reason.QUIET_HOURS);
                assertThat(until).isAfter(NOW);
            }
        }
    }

    /// Stores promise no order.
    @Test
    void theOrderInWhichFactsWereReadChangesNothing() {
        forEveryFact(facts ->
                assertThat(Eligibility.explain(MoreFacts.reversed(facts), NOW))
                        .as("%s", facts)
                        .isEqualTo(Eligibility.explain(facts, NOW)));
    }

    @Test
    void aDenialMoreNeverLetsAMessageThrough() {
        forEveryFact(facts -> {
            Decision before = decided(facts);
            for (Denial denial : Denial.of(facts, NOW)) {
                Decision after = decided(denial.with());

                assertThat(after).as("%s", denial).isNotInstanceOf(Decision.Deliver.class);
                if (before instanceof Decision.Exclude) {
                    assertThat(after).as("%s", denial).isInstanceOf(Decision.Exclude.class);
                }
                meet(denial.kind() + " after " + before.getClass().getSimpleName());
            }
        });

        hasOftenMet(
                kinds().flatMap(kind ->
                        Stream.of("Deliver", "Exclude", "Defer")
                                .map(before -> kind + " after " + before)));
    }

    private static Stream<String> kinds() {
        Stream<String> refusals =
                Stream.of("any", "email", "any/topic", "email/topic")
                        .flatMap(level ->
                                Stream.of("person", "address")
                                        .map(by -> "refusal of " + level + " by the " + by));
        return Stream.concat(
                refusals,
                Stream.of(
                        "suppression of the address",
                        "suppression of the domain",
                        "allowed list without the address",
                        "cap that is used up",
                        "quiet hours that discard",
                        "quiet hours without end"));
    }

    @Test
    void aDenialMoreDecidesUnlessAnEarlierRuleSaysNoAlready() {
        forEveryFact(facts -> {
            Optional<Verdict> before = firstNo(facts);
            for (Denial denial : Denial.of(facts, NOW)) {
                Decision after = decided(denial.with());

                if (before.isPresent() && before.get().rule().compareTo(denial.rule()) < 0) {
                    assertThat(after).as("%s", denial).isEqualTo(before.get().decision());
                    meet(denial.rule() + " comes too late");
                } else {
                    assertThat(outcome(after))
                            .as("%s", denial)
                            .isEqualTo("EXCLUDE " + denial.reason());
                    meet(denial.rule() + " decides");
                }
            }
        });

        hasOftenMet(
                Stream.of(Rule.values())
                        .filter(rule -> rule.compareTo(Rule.CONSENT) >= 0)
                        .flatMap(rule -> Stream.of(rule + " decides", rule + " comes too late")));
    }

    @Test
    void aGrantBeneathOrAboveADenialChangesNothing() {
        forEveryFact(
                SEEDS / 4,
                facts -> {
                    List<ConsentLevel> covering =
                            MoreFacts.levels(facts, "", facts.occasion().topic()).toList();
                    for (ConsentLevel level :
                            MoreFacts.levels(facts, "", "offers", "sports").toList()) {
                        Consent yes = MoreFacts.said(level, ConsentState.GRANTED, NOW);
                        // Whoever says yes takes back what they said of the same level, so that
                        // there is nothing to compare with.
                        Facts unsaid =
                                MoreFacts.unsaidForAddress(
                                        MoreFacts.unsaidByPerson(facts, level), level);
                        for (ConsentLevel denied : covering) {
                            Consent no =
                                    MoreFacts.said(
                                            denied, ConsentState.DENIED, NOW.minusSeconds(30));
                            if (!denied.equals(level)) {
                                isNoHelp(
                                        yes,
                                        MoreFacts.saidByPerson(unsaid, no),
                                        place(denied, level));
                            }
                            Facts optedOut = MoreFacts.saidForAddress(unsaid, no);
                            changesNothing(optedOut, MoreFacts.saidByPerson(optedOut, yes));
                            meet("a yes of the person to an address that is opted out");
                        }
                    }
                });

        hasOftenMet(
                Stream.of("beneath", "above", "beside")
                        .flatMap(place ->
                                Stream.of(
                                        place + ": EXCLUDE CONSENT_DENIED",
                                        place + ": EXCLUDE PROFILE_UNKNOWN",
                                        place + ": EXCLUDE ADDRESS_MISSING",
                                        place + ": EXCLUDE ADDRESS_MALFORMED")));
        hasOftenMet(Stream.of("a yes of the person to an address that is opted out"));
    }

    private void isNoHelp(Consent yes, Facts denied, String place) {
        changesNothing(denied, MoreFacts.saidByPerson(denied, yes));
        changesNothing(denied, MoreFacts.saidForAddress(denied, yes));
        meet(place + ": " + outcome(decided(denied)));
    }

    private static void changesNothing(Facts before, Facts after) {
        assertThat(decided(after))
                .as("%s and %s", before, after)
                .isInstanceOf(Decision.Exclude.class)
                .isEqualTo(decided(before));
    }

    /// Where the level lies as seen from the one that was denied.
    private static String place(ConsentLevel denied, ConsentLevel level) {
        if (isWithin(denied, level)) {
            return "beneath";
        }
        return isWithin(level, denied) ? "above" : "beside";
    }

    private static boolean isWithin(ConsentLevel outer, ConsentLevel inner) {
        return (outer.channel() == null || outer.channel() == inner.channel())
                && (outer.topic().isEmpty() || outer.topic().equals(inner.topic()));
    }
}

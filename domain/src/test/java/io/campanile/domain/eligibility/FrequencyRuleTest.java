package io.campanile.domain.eligibility;

import static io.campanile.domain.eligibility.FactsBuilder.factsBeforeMarketing;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.FrequencyCap.Period;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

class FrequencyRuleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<Channel> EMAIL = Set.of(Channel.EMAIL);
    private static final PersonKey ADA = new PersonKey(new UUID(1, 1));
    private static final PersonKey BOB = new PersonKey(new UUID(1, 2));

    private static Facts marketing(PersonKey person, RuleSetFacts... ruleSets) {
        return factsBeforeMarketing()
                .build()
                .with(new RuleFacts(person, ZoneOffset.UTC, List.of(ruleSets)));
    }

    private static RuleSetFacts ruleSet(String name, List<FrequencyCap> caps, String... agos) {
        return new RuleSetFacts(
                new RuleSetId(new UUID(2, name.hashCode())),
                new RuleSetName(WorkspaceId.DEFAULT, name),
                1,
                NOW.minusSeconds(1),
                caps,
                List.of(),
                Arrays.stream(agos).map(FrequencyRuleTest::ago).toList());
    }

    /// @param duration such as `PT1H`
    private static Reservation ago(String duration) {
        return new Reservation(Channel.EMAIL, NOW.minus(Duration.parse(duration)));
    }

    private static FrequencyCap perDay(int maxMessages) {
        return FrequencyCap.per(Period.DAY, maxMessages, EMAIL);
    }

    private static boolean delivers(Facts facts) {
        return Eligibility.decide(facts, NOW) instanceof Decision.Deliver;
    }

    @ParameterizedTest
    @CsvSource({
        // period, at most, the earlier messages, whether another one is delivered
        "HOUR,  1, '',                        true",
        "HOUR,  1, PT59M59S,                  false",
        "HOUR,  1, PT60M,                     true",
        "DAY,   1, PT23H59M,                  false",
        "DAY,   1, PT24H,                     true",
        "WEEK,  1, P6D,                       false",
        "WEEK,  1, P7D,                       true",
        "MONTH, 1, P29D,                      false",
        "MONTH, 1, P30D,                      true",
        "DAY,   2, PT1H,                      true",
        "DAY,   2, PT1H PT2H,                 false",
        "DAY,   2, PT1H PT25H PT26H,          true",
        "DAY,   2, PT1H PT2H PT3H,            false",
        // another node's clock is ahead
        "HOUR,  1, PT-1M,                     false"
    })
    void countsWhatLiesWithinTheWindow(
            Period period, int maxMessages, String earlier, boolean delivers) {
        String[] agos = earlier.isEmpty() ? new String[0] : earlier.split(" ");
        FrequencyCap cap = FrequencyCap.per(period, maxMessages, EMAIL);

        assertThat(delivers(marketing(ADA, ruleSet("caps", List.of(cap), agos))))
                .isEqualTo(delivers);
    }

    @Test
    void countsEveryRuleSetForItself() {
        RuleSetFacts full = ruleSet("full", List.of(perDay(1)), "PT1H");
        RuleSetFacts free = ruleSet("free", List.of(perDay(1)));

        assertThat(delivers(marketing(ADA, free))).isTrue();
        assertThat(delivers(marketing(ADA, free, full))).isFalse();
        assertThat(delivers(marketing(ADA, full, free))).isFalse();
    }

    @Test
    void countsEveryChannelWhereACapNamesNone() {
        FrequencyCap all = FrequencyCap.per(Period.DAY, 1, Set.of());
        RuleSetFacts caps = ruleSet("caps", List.of(all), "PT1H");

        assertThat(delivers(marketing(ADA, caps))).isFalse();
        assertThat(delivers(marketing(ADA, ruleSet("caps", List.of(all))))).isTrue();
        assertThat(marketing(ADA, caps).rules().capping(Channel.EMAIL)).containsExactly(caps);
    }

    @Test
    void reservesNothingUnderARuleSetWithoutACap() {
        RuleSetFacts noCaps = ruleSet("night", List.of());
        RuleSetFacts caps = ruleSet("caps", List.of(perDay(1)));

        assertThat(marketing(ADA, noCaps, caps).rules().capping(Channel.EMAIL))
                .containsExactly(caps);
    }

    @Test
    void saysWhichCapIsUsedUpAndWhenTheNextMessageIsPossible() {
        RuleSetFacts caps =
                ruleSet(
                        "caps",
                        List.of(
                                FrequencyCap.within(Duration.ofMinutes(90), 1, EMAIL),
                                perDay(2),
                                FrequencyCap.per(Period.WEEK, 9, EMAIL)),
                        "PT20H",
                        "PT1H",
                        "PT2H");

        assertThat(Eligibility.decide(marketing(ADA, caps), NOW))
                .isEqualTo(
                        new Decision.Exclude(
                                Reason.FREQUENCY_CAPPED,
                                new Evidence(
                                        "workspaces/default/ruleSets/caps",
                                        "max_messages 2 within DAY, counted 3",
                                        NOW.minusSeconds(3_600)),
                                // When the second but one is a day old, one is left.
                                "Another message is possible from "
                                        + NOW.plus(Duration.ofHours(22))
                                        + " on."));
    }

    @Test
    void namesTheSameOfTwoRuleSetsThatSayTheSameHoweverTheyAreListed() {
        RuleSetFacts one = ruleSet("one", List.of(perDay(1)), "PT1H");
        RuleSetFacts other = ruleSet("other", List.of(perDay(1)), "PT1H");

        assertThat(Eligibility.decide(marketing(ADA, one, other), NOW))
                .isInstanceOf(Decision.Exclude.class)
                .isEqualTo(Eligibility.decide(marketing(ADA, other, one), NOW));
    }

    @Test
    void comesLast() {
        RuleSetFacts full = ruleSet("caps", List.of(perDay(1)), "PT1H");
        Facts capped = marketing(ADA, full);
        Facts denied =
                factsBeforeMarketing()
                        .saidByThem(List.of(said(ConsentState.DENIED)))
                        .build()
                        .with(capped.rules());

        assertThat(reason(capped)).isEqualTo(Reason.FREQUENCY_CAPPED);
        assertThat(reason(denied)).isEqualTo(Reason.CONSENT_DENIED);
        assertThat(Eligibility.explain(denied, NOW))
                .extracting(Verdict::rule)
                .containsExactly(Rule.values());
    }

    private static Reason reason(Facts facts) {
        if (Eligibility.decide(facts, NOW) instanceof Decision.Exclude no) {
            return no.reason();
        }
        throw new AssertionError("delivered: " + facts);
    }

    private static Consent said(ConsentState state) {
        return new Consent(
                new ConsentRecordId(new UUID(0, 1)),
                new ConsentLevel(null, Purpose.MARKETING, ""),
                state,
                "",
                NOW);
    }

    @Test
    void countsWhatIsDecidedTogether() {
        RuleSetFacts two = ruleSet("caps", List.of(perDay(2)), "PT1H");
        RuleSetFacts free = ruleSet("caps", List.of(perDay(2)));

        List<Decided> decisions =
                Eligibility.decideTogether(
                        List.of(
                                marketing(ADA, two),
                                marketing(BOB, free),
                                marketing(ADA, two),
                                marketing(BOB, free),
                                marketing(BOB, free)),
                        NOW);

        assertThat(decisions)
                .extracting(Decided::decision)
                .extracting(Decision.Deliver.class::isInstance)
                .containsExactly(true, true, false, true, false);
        assertThat(decisions)
                .as("what was counted explains the decision")
                .allSatisfy(decided ->
                        assertThat(Eligibility.decide(decided.facts(), decided.time()))
                                .isEqualTo(decided.decision()));
    }

    /// Nobody knows whether it was sent the first time: it counts for others, and once.
    @Test
    void countsAMessageThatIsMarkedAgainOnceForThoseBehindIt() {
        RuleSetFacts alone = ruleSet("caps", List.of(perDay(2)));
        RuleSetFacts behind = alone.with(List.of(reservedBy(1, "PT1H")));

        assertThat(
                        Eligibility.decideTogether(
                                List.of(id(1), id(2), id(3)),
                                List.of(
                                        marketing(ADA, alone),
                                        marketing(ADA, behind),
                                        marketing(ADA, behind)),
                                NOW))
                .extracting(Decided::decision)
                .extracting(Decision.Deliver.class::isInstance)
                .containsExactly(true, true, false);
    }

    @Test
    void countsForThoseAheadWhatAMessageMayHaveSentBefore() {
        RuleSetFacts first =
                ruleSet("caps", List.of(perDay(2)), "PT2H").with(List.of(reservedBy(2, "PT1H")));
        RuleSetFacts second = ruleSet("caps", List.of(perDay(2)), "PT2H");

        assertThat(
                        Eligibility.decideTogether(
                                List.of(id(1), id(2)),
                                List.of(marketing(ADA, first), marketing(ADA, second)),
                                NOW))
                .extracting(Decided::decision)
                .extracting(Decision.Deliver.class::isInstance)
                .containsExactly(false, true);
    }

    @Test
    void countsBesideWhatIsDecidedTogetherWhatOtherMessagesReservedBefore() {
        RuleSetFacts two = ruleSet("caps", List.of(perDay(2))).with(List.of(reservedBy(9, "PT1H")));

        assertThat(
                        Eligibility.decideTogether(
                                List.of(id(1), id(2)),
                                List.of(marketing(ADA, two), marketing(ADA, two)),
                                NOW))
                .extracting(Decided::decision)
                .extracting(Decision.Deliver.class::isInstance)
                .containsExactly(true, false);
    }

    private static MessageId id(int number) {
        return new MessageId(new UUID(3, number));
    }

    private static Reservation reservedBy(int number, String duration) {
        return new Reservation(id(number), Channel.EMAIL, NOW.minus(Duration.parse(duration)));
    }

    @Test
    void countsNothingForWhoIsExcludedAnyway() {
        RuleSetFacts one = ruleSet("caps", List.of(perDay(1)));
        Facts allowed = marketing(ADA, one);
        Facts denied = Facts.nothing(allowed.occasion(), allowed.addressee()).with(allowed.rules());

        assertThat(Eligibility.decideTogether(List.of(denied, allowed), NOW))
                .extracting(Decided::decision)
                .extracting(Decision.Deliver.class::isInstance)
                .containsExactly(false, true);
    }

    @Test
    void neverAllowsMoreThanACapWhateverIsDecidedTogether() {
        var random = new Random(20_261_125);
        for (int round = 0; round < 2_000; round++) {
            int max = 1 + random.nextInt(4);
            List<String> agos = new ArrayList<>();
            for (int left = random.nextInt(6); left > 0; left--) {
                agos.add("PT" + random.nextInt(48) + "H");
            }
            RuleSetFacts set = ruleSet("caps", List.of(perDay(max)), agos.toArray(String[]::new));
            long before =
                    set.reserved().stream()
                            .filter(each -> each.time().isAfter(NOW.minus(Duration.ofDays(1))))
                            .count();
            List<Facts> batch =
                    IntStream.range(0, random.nextInt(8))
                            .mapToObj(_ -> marketing(ADA, set))
                            .toList();

            long delivered =
                    Eligibility.decideTogether(batch, NOW).stream()
                            .map(Decided::decision)
                            .filter(Decision.Deliver.class::isInstance)
                            .count();

            assertThat(delivered)
                    .as("%s of %s", set, batch.size())
                    .isEqualTo(Math.clamp(max - before, 0, batch.size()));
        }
    }

    @Test
    void decidesAboutOneMessageAloneAsAboutABatchOfOne() {
        var random = new Random(20_261_126);
        for (int round = 0; round < 2_000; round++) {
            List<String> agos = new ArrayList<>();
            for (int left = random.nextInt(4); left > 0; left--) {
                agos.add("PT" + random.nextInt(30) + "H");
            }
            Facts facts =
                    marketing(
                            ADA,
                            ruleSet(
                                    "caps",
                                    List.of(perDay(1 + random.nextInt(3))),
                                    agos.toArray(String[]::new)));
            Facts more =
                    marketing(ADA, facts.rules().ruleSets().getFirst().with(List.of(ago("PT1H"))));

            Decision decision = Eligibility.decide(facts, NOW);

            assertThat(Eligibility.decideTogether(List.of(facts), NOW))
                    .containsExactly(new Decided(facts, decision, NOW));
            if (!(decision instanceof Decision.Deliver)) {
                assertThat(delivers(more)).as("%s", more).isFalse();
            }
        }
    }

    @Test
    void keysNobodyAsNoProfileIsKeyed() {
        PersonKey stranger =
                PersonKey.of(WorkspaceId.DEFAULT, new Identity("email", "ada@example.com"));

        assertThat(stranger)
                .isEqualTo(
                        PersonKey.of(WorkspaceId.DEFAULT, new Identity("email", "ada@example.com")))
                .isNotEqualTo(
                        PersonKey.of(
                                new WorkspaceId("other"), new Identity("email", "ada@example.com")))
                .isNotEqualTo(
                        PersonKey.of(
                                WorkspaceId.DEFAULT, new Identity("emaila", "da@example.com")));
        assertThat(stranger.value().version()).isEqualTo(8);
        assertThat(stranger.value().variant()).isEqualTo(2);
        assertThat(stranger.isStranger()).isTrue();
        assertThat(ADA.isStranger()).isFalse();
        assertThat(PersonKey.of(new ProfileId(new UUID(1, 1)))).isEqualTo(ADA);
    }
}

package io.campanile.domain.eligibility;

import static io.campanile.domain.consent.ConsentState.DENIED;
import static io.campanile.domain.consent.ConsentState.GRANTED;
import static io.campanile.domain.consent.ConsentState.PENDING;
import static io.campanile.domain.consent.Purpose.MARKETING;
import static io.campanile.domain.consent.Purpose.SERVICE;
import static io.campanile.domain.eligibility.FactsBuilder.factsBefore;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

class ConsentRuleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String OFFERS = "offers";

    private static Facts facts(
            Purpose purpose,
            boolean sendsWhenUnset,
            List<Consent> ofProfile,
            List<Consent> ofAddress) {
        return factsBefore(new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, purpose, OFFERS))
                .sendingWhenUnset(sendsWhenUnset)
                .saidByThem(ofProfile)
                .saidForTheirAddress(ofAddress)
                .build();
    }

    private static boolean delivers(Facts facts) {
        return Eligibility.decide(facts, NOW) instanceof Decision.Deliver;
    }

    /// What the rule says, and with which words.
    enum Says {
        YES(""),
        REFUSED("Whoever refused would have to grant the same level."),
        REFUSED_FOR_ADDRESS(
                "The same level would have to be granted for the address, with `address` in"
                        + " RecordConsent; where that changes nothing, with `identity`."),
        UNCONFIRMED("The person would have to confirm their consent."),
        UNSET("The person would have to agree, or the workspace to send where nothing was said.");

        private final String remedy;

        Says(String remedy) {
            this.remedy = remedy;
        }

        /// @param record the one that counts, where one does
        Decision about(Consent record) {
            return switch (this) {
                case YES -> new Decision.Deliver();
                case UNSET -> no(Evidence.NOTHING_ON_RECORD);
                case REFUSED, REFUSED_FOR_ADDRESS, UNCONFIRMED ->
                        no(
                                new Evidence(
                                        "workspaces/default/consentRecords/" + record.record(),
                                        "checkout",
                                        record.since()));
            };
        }

        private Decision no(Evidence evidence) {
            return new Decision.Exclude(Reason.CONSENT_DENIED, evidence, remedy);
        }
    }

    private static Decision verdict(Facts facts) {
        Decision verdict =
                Eligibility.explain(facts, NOW).stream()
                        .filter(each -> each.rule() == Rule.CONSENT)
                        .findFirst()
                        .orElseThrow()
                        .decision();
        assertThat(Eligibility.decide(facts, NOW)).as("nothing else says no").isEqualTo(verdict);
        return verdict;
    }

    private static Decision verdict(
            Purpose purpose, boolean unset, List<Consent> ofProfile, Consent... ofAddress) {
        return verdict(facts(purpose, unset, ofProfile, List.of(ofAddress)));
    }

    /// @param level such as `any`, `email`, `email/offers`
    private static Consent said(String level, Purpose purpose, ConsentState state) {
        return said(level, purpose, state, NOW.minusSeconds(60));
    }

    private static Consent said(String level, Purpose purpose, ConsentState state, Instant since) {
        int slash = level.indexOf('/');
        String channel = slash < 0 ? level : level.substring(0, slash);
        String topic = slash < 0 ? "" : level.substring(slash + 1);
        return new Consent(
                new ConsentRecordId(new UUID((purpose + "/" + state).hashCode(), level.hashCode())),
                new ConsentLevel(channel.equals("any") ? null : Channel.EMAIL, purpose, topic),
                state,
                "checkout",
                since);
    }

    @ParameterizedTest
    @CsvSource({
        "MARKETING, false, UNSET",
        "MARKETING, true,  YES",
        "SERVICE,   false, YES",
        "SERVICE,   true,  YES"
    })
    void asksTheWorkspaceWhereNothingWasSaid(Purpose purpose, boolean unset, Says says) {
        Consent nothing = said("any", purpose, PENDING);

        assertThat(verdict(purpose, unset, List.of())).isEqualTo(says.about(nothing));
    }

    @ParameterizedTest
    @CsvSource({
        // what the message is for, the level the person spoke of, and what the rule says
        // about offers where they granted, denied or were asked for it
        "MARKETING, any,          YES,   REFUSED, UNCONFIRMED",
        "MARKETING, email,        YES,   REFUSED, UNCONFIRMED",
        "MARKETING, any/offers,   YES,   REFUSED, UNCONFIRMED",
        "MARKETING, email/offers, YES,   REFUSED, UNCONFIRMED",
        "MARKETING, any/news,     UNSET, UNSET,   UNSET",
        "MARKETING, email/news,   UNSET, UNSET,   UNSET",
        "SERVICE,   any,          YES,   REFUSED, YES",
        "SERVICE,   email,        YES,   REFUSED, YES",
        "SERVICE,   any/offers,   YES,   REFUSED, YES",
        "SERVICE,   email/offers, YES,   REFUSED, YES",
        "SERVICE,   any/news,     YES,   YES,     YES",
        "SERVICE,   email/news,   YES,   YES,     YES"
    })
    void obeysWhatThePersonSaid(
            Purpose purpose, String level, Says granted, Says denied, Says pending) {
        Consent yes = said(level, purpose, GRANTED);
        Consent no = said(level, purpose, DENIED);
        Consent question = said(level, purpose, PENDING);

        assertThat(verdict(purpose, false, List.of(yes))).isEqualTo(granted.about(yes));
        assertThat(verdict(purpose, false, List.of(no))).isEqualTo(denied.about(no));
        assertThat(verdict(purpose, false, List.of(question))).isEqualTo(pending.about(question));
    }

    @ParameterizedTest
    @CsvSource({
        // as above, where the workspace sends when nothing was said
        "any,          YES, REFUSED, UNCONFIRMED",
        "email,        YES, REFUSED, UNCONFIRMED",
        "any/offers,   YES, REFUSED, UNCONFIRMED",
        "email/offers, YES, REFUSED, UNCONFIRMED",
        "any/news,     YES, YES,     YES",
        "email/news,   YES, YES,     YES"
    })
    void takesSilenceForAYesButNeitherARefusalNorAQuestion(
            String level, Says granted, Says denied, Says pending) {
        Consent yes = said(level, MARKETING, GRANTED);
        Consent no = said(level, MARKETING, DENIED);
        Consent question = said(level, MARKETING, PENDING);

        assertThat(verdict(MARKETING, true, List.of(yes))).isEqualTo(granted.about(yes));
        assertThat(verdict(MARKETING, true, List.of(no))).isEqualTo(denied.about(no));
        assertThat(verdict(MARKETING, true, List.of(question))).isEqualTo(pending.about(question));
    }

    @ParameterizedTest
    @CsvSource({
        // what the message is for, the level that was said for the address, and what the rule
        // says where that was a yes, a no or a question
        "MARKETING, any,          UNSET, REFUSED_FOR_ADDRESS, UNSET",
        "MARKETING, email,        UNSET, REFUSED_FOR_ADDRESS, UNSET",
        "MARKETING, any/offers,   UNSET, REFUSED_FOR_ADDRESS, UNSET",
        "MARKETING, email/offers, UNSET, REFUSED_FOR_ADDRESS, UNSET",
        "MARKETING, email/news,   UNSET, UNSET,   UNSET",
        "SERVICE,   any,          YES,   REFUSED_FOR_ADDRESS, YES",
        "SERVICE,   email,        YES,   REFUSED_FOR_ADDRESS, YES",
        "SERVICE,   any/offers,   YES,   REFUSED_FOR_ADDRESS, YES",
        "SERVICE,   email/offers, YES,   REFUSED_FOR_ADDRESS, YES",
        "SERVICE,   email/news,   YES,   YES,     YES"
    })
    void takesNothingButARefusalFromAnAddress(
            Purpose purpose, String level, Says granted, Says denied, Says pending) {
        Consent yes = said(level, purpose, GRANTED);
        Consent no = said(level, purpose, DENIED);
        Consent question = said(level, purpose, PENDING);

        assertThat(verdict(purpose, false, List.of(), yes)).isEqualTo(granted.about(yes));
        assertThat(verdict(purpose, false, List.of(), no)).isEqualTo(denied.about(no));
        assertThat(verdict(purpose, false, List.of(), question)).isEqualTo(pending.about(question));
    }

    @Test
    void keepsPurposesApart() {
        Consent noMarketing = said("any", MARKETING, DENIED);
        Consent noService = said("any", SERVICE, DENIED);
        Consent marketing = said("any", MARKETING, GRANTED);
        Consent service = said("any", SERVICE, GRANTED);

        assertThat(verdict(SERVICE, false, List.of(noMarketing))).isEqualTo(new Decision.Deliver());
        assertThat(verdict(MARKETING, false, List.of(noService, marketing)))
                .isEqualTo(new Decision.Deliver());
        assertThat(verdict(MARKETING, false, List.of(service)))
                .isEqualTo(Says.UNSET.about(service));
    }

    @ParameterizedTest
    @CsvSource({
        "any,          email/offers",
        "email/offers, any",
        "email,        any",
        "any,          any/offers",
        "any/offers,   email",
        "email,        any/offers"
    })
    void letsNoGrantOverrideADenialAboveOrBelowIt(String granted, String denied) {
        for (Purpose purpose : Purpose.values()) {
            Consent yes = said(granted, purpose, GRANTED, NOW);
            Consent no = said(denied, purpose, DENIED);

            assertThat(verdict(purpose, true, List.of(yes, no))).isEqualTo(Says.REFUSED.about(no));
            assertThat(verdict(purpose, true, List.of(yes), no))
                    .isEqualTo(Says.REFUSED_FOR_ADDRESS.about(no));
        }
    }

    @Test
    void findsAGrantBesideAQuestion() {
        Consent yes = said("email", MARKETING, GRANTED);
        Consent question = said("email/offers", MARKETING, PENDING);

        assertThat(verdict(MARKETING, false, List.of(question, yes)))
                .isEqualTo(new Decision.Deliver());
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsentState.class,
            names = {"DENIED", "PENDING"})
    void namesTheOldestRecordThatSaysNoHoweverTheyAreListed(ConsentState state) {
        Says says = state == DENIED ? Says.REFUSED : Says.UNCONFIRMED;
        Consent older = said("email/offers", MARKETING, state, NOW.minusSeconds(61));
        Consent newer = said("any", MARKETING, state);
        Consent asOld = said("email", MARKETING, state);
        List<Consent> atOnce = new ArrayList<>(List.of(newer, asOld));

        assertThat(verdict(MARKETING, true, List.of(older, newer))).isEqualTo(says.about(older));
        assertThat(verdict(MARKETING, true, List.of(newer, older))).isEqualTo(says.about(older));
        Decision oneOfThem = verdict(MARKETING, true, atOnce);
        Collections.reverse(atOnce);
        assertThat(verdict(MARKETING, true, atOnce)).isEqualTo(oneOfThem);
    }

    @Test
    void namesTheOldestRefusalOfThePersonAndTheAddress() {
        Consent ofPerson = said("any", SERVICE, DENIED);
        Consent earlier = said("email", SERVICE, DENIED, NOW.minusSeconds(61));
        Consent later = said("email", SERVICE, DENIED, NOW.minusSeconds(59));

        assertThat(verdict(SERVICE, false, List.of(ofPerson), earlier))
                .isEqualTo(Says.REFUSED_FOR_ADDRESS.about(earlier));
        assertThat(verdict(SERVICE, false, List.of(ofPerson), later))
                .isEqualTo(Says.REFUSED.about(ofPerson));
    }

    @Test
    void neverDeliversMoreBecauseOfADenial() {
        var random = new Random(20_260_301);
        for (int round = 0; round < 5_000; round++) {
            Purpose purpose = oneOf(random, Purpose.values());
            boolean unset = random.nextBoolean();
            List<Consent> ofProfile = some(random);
            List<Consent> ofAddress = some(random);
            Facts before = facts(purpose, unset, ofProfile, ofAddress);
            Consent denial = anything(random, DENIED);

            Facts after =
                    random.nextBoolean()
                            ? facts(purpose, unset, with(ofProfile, denial), ofAddress)
                            : facts(purpose, unset, ofProfile, with(ofAddress, denial));

            if (!delivers(before)) {
                assertThat(delivers(after)).as("%s with %s", before, denial).isFalse();
            }
            if (denial.level().covers(Channel.EMAIL, purpose, OFFERS)) {
                assertThat(delivers(after)).as("%s with %s", before, denial).isFalse();
                Facts granted =
                        facts(
                                purpose,
                                unset,
                                with(after.profileConsents(), anything(random, GRANTED)),
                                after.addressConsents());
                assertThat(delivers(granted)).as("%s", granted).isFalse();
            }
        }
    }

    private static List<Consent> some(Random random) {
        List<Consent> consents = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            consents.add(anything(random, null));
        }
        return consents;
    }

    private static Consent anything(Random random, @Nullable ConsentState state) {
        return said(
                oneOf(
                        random,
                        "any",
                        "email",
                        "any/offers",
                        "email/offers",
                        "email/news",
                        "any/news"),
                oneOf(random, Purpose.values()),
                state == null ? oneOf(random, ConsentState.values()) : state);
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private static List<Consent> with(List<Consent> consents, Consent more) {
        List<Consent> all = new ArrayList<>(consents);
        all.add(more);
        return all;
    }
}

package io.campanile.domain.eligibility;

import static io.campanile.domain.consent.ConsentState.DENIED;
import static io.campanile.domain.consent.ConsentState.GRANTED;
import static io.campanile.domain.consent.ConsentState.PENDING;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
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
        return new Facts(
                new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, purpose, OFFERS),
                new Addressee(null, new EmailAddress("ada@example.com")),
                sendsWhenUnset,
                ofProfile,
                ofAddress,
                null,
                null);
    }

    private static boolean delivers(Facts facts) {
        return Eligibility.decide(facts, NOW) instanceof Decision.Deliver;
    }

    /// @param level such as `any`, `email`, `email/offers`
    private static Consent said(String level, Purpose purpose, ConsentState state) {
        int slash = level.indexOf('/');
        String channel = slash < 0 ? level : level.substring(0, slash);
        String topic = slash < 0 ? "" : level.substring(slash + 1);
        return new Consent(
                new ConsentRecordId(new UUID(0, level.hashCode())),
                new ConsentLevel(channel.equals("any") ? null : Channel.EMAIL, purpose, topic),
                state,
                "checkout",
                NOW.minusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({
        "MARKETING, false, false",
        "MARKETING, true,  true",
        "SERVICE,   false, true",
        "SERVICE,   true,  true"
    })
    void asksTheWorkspaceWhereNothingWasSaid(Purpose purpose, boolean unset, boolean delivers) {
        assertThat(delivers(facts(purpose, unset, List.of(), List.of()))).isEqualTo(delivers);
    }

    @ParameterizedTest
    @CsvSource({
        // level of the profile, what was said, whether marketing about offers is delivered
        "any,          GRANTED, true",
        "email,        GRANTED, true",
        "any/offers,   GRANTED, true",
        "email/offers, GRANTED, true",
        "email/news,   GRANTED, false",
        "any,          DENIED,  false",
        "email,        DENIED,  false",
        "any/offers,   DENIED,  false",
        "email/offers, DENIED,  false",
        "any,          PENDING, false",
        "email/offers, PENDING, false"
    })
    void needsAGrantThatCoversMarketing(String level, ConsentState state, boolean delivers) {
        Consent consent = said(level, Purpose.MARKETING, state);

        assertThat(delivers(facts(Purpose.MARKETING, false, List.of(consent), List.of())))
                .isEqualTo(delivers);
    }

    @ParameterizedTest
    @CsvSource({
        "any,          DENIED,  false",
        "email/offers, DENIED,  false",
        "email/news,   DENIED,  true",
        "any,          PENDING, true",
        "any,          GRANTED, true"
    })
    void sendsServiceMessagesUnlessTheyWereRefused(
            String level, ConsentState state, boolean delivers) {
        Consent consent = said(level, Purpose.SERVICE, state);

        assertThat(delivers(facts(Purpose.SERVICE, false, List.of(consent), List.of())))
                .isEqualTo(delivers);
    }

    @Test
    void keepsPurposesApart() {
        Consent noMarketing = said("any", Purpose.MARKETING, DENIED);
        Consent noService = said("any", Purpose.SERVICE, DENIED);
        Consent marketing = said("any", Purpose.MARKETING, GRANTED);

        assertThat(delivers(facts(Purpose.SERVICE, false, List.of(noMarketing), List.of())))
                .isTrue();
        assertThat(
                        delivers(
                                facts(
                                        Purpose.MARKETING,
                                        false,
                                        List.of(noService, marketing),
                                        List.of())))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"any, email/offers", "email/offers, any", "email, any", "any, any/offers"})
    void letsNoGrantOverrideADenialAboveOrBelowIt(String granted, String denied) {
        List<Consent> consents =
                List.of(
                        said(granted, Purpose.MARKETING, GRANTED),
                        said(denied, Purpose.MARKETING, DENIED));

        assertThat(delivers(facts(Purpose.MARKETING, true, consents, List.of()))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void obeysADenialOfTheAddressWhateverThePersonSaid(Purpose purpose) {
        Facts facts =
                facts(
                        purpose,
                        true,
                        List.of(said("any", purpose, GRANTED)),
                        List.of(said("email/offers", purpose, DENIED)));

        assertThat(delivers(facts)).isFalse();
    }

    @Test
    void takesNoGrantOfAnAddressForThePersons() {
        Consent ofAddress = said("any", Purpose.MARKETING, GRANTED);

        assertThat(delivers(facts(Purpose.MARKETING, false, List.of(), List.of(ofAddress))))
                .isFalse();
    }

    @Test
    void doesNotTakeAnOpenQuestionForSilence() {
        Consent pending = said("email", Purpose.MARKETING, PENDING);

        assertThat(delivers(facts(Purpose.MARKETING, true, List.of(pending), List.of()))).isFalse();
    }

    @Test
    void saysWhatItRestsOn() {
        Consent denial = said("email", Purpose.MARKETING, DENIED);
        String record = "workspaces/default/consentRecords/" + denial.record();

        assertThat(noTo(facts(Purpose.MARKETING, true, List.of(denial), List.of())).evidence())
                .isEqualTo(new Evidence(record, "checkout", denial.since()));
        assertThat(noTo(facts(Purpose.MARKETING, false, List.of(), List.of())).evidence())
                .isEqualTo(new Evidence("", "", null));
    }

    private static Decision.Exclude noTo(Facts facts) {
        if (Eligibility.decide(facts, NOW) instanceof Decision.Exclude no) {
            assertThat(no.reason()).isEqualTo(Reason.CONSENT_DENIED);
            assertThat(no.remedy()).isNotEmpty();
            return no;
        }
        throw new AssertionError("delivered: " + facts);
    }

    @Test
    void explainsWhatDeliveryDecides() {
        var random = new Random(20_260_302);
        for (int round = 0; round < 5_000; round++) {
            Facts facts =
                    facts(
                            oneOf(random, Purpose.values()),
                            random.nextBoolean(),
                            some(random),
                            some(random));
            Decision explained =
                    Eligibility.explain(facts, NOW).stream()
                            .map(Verdict::decision)
                            .filter(Decision.Exclude.class::isInstance)
                            .findFirst()
                            .orElse(new Decision.Deliver());

            assertThat(explained).isEqualTo(Eligibility.decide(facts, NOW));
        }
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

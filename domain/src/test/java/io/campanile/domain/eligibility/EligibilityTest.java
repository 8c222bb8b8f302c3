package io.campanile.domain.eligibility;

import static io.campanile.domain.eligibility.FactsBuilder.factsBefore;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionFact;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class EligibilityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final Occasion SERVICE = occasion(Purpose.SERVICE, "");

    private static Occasion occasion(Purpose purpose, String topic) {
        return new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, purpose, topic);
    }

    private static Facts suppressed(@Nullable Suppression address, @Nullable Suppression domain) {
        return factsBefore(SERVICE).suppressed(fact(address), fact(domain)).build();
    }

    private static @Nullable SuppressionFact fact(@Nullable Suppression entry) {
        return entry == null ? null : entry.fact();
    }

    @Test
    void deliversWhenNothingSpeaksAgainstIt() {
        assertThat(Eligibility.decide(suppressed(null, null), NOW))
                .isEqualTo(new Decision.Deliver());
    }

    @Nested
    class OfPeople {
        private static final Identity CRM = new Identity("crmId", "42");
        private static final EmailAddress ADDRESS = new EmailAddress("ada@example.com");
        private static final KnownPerson ADA =
                new KnownPerson(new ProfileId(new UUID(0, 7)), ProfileDetails.NONE);
        private static final KnownPerson REACHABLE =
                new KnownPerson(
                        new ProfileId(new UUID(0, 7)),
                        new ProfileDetails(Attributes.NONE, List.of(ADDRESS), "", ""));

        @ParameterizedTest
        @EnumSource(ProfileLookup.class)
        void excludesStrangersWhereKnownPeopleAreRequired(ProfileLookup lookup) {
            Facts stranger = facts(lookup, addressee(null, ADDRESS));
            Facts known = facts(lookup, addressee(ADA, ADDRESS));

            assertThat(Eligibility.decide(stranger, NOW))
                    .isEqualTo(
                            lookup == ProfileLookup.REQUIRED
                                    ? excluded(
                                            Reason.PROFILE_UNKNOWN,
                                            "The identity would have to point at a profile.")
                                    : new Decision.Deliver());
            assertThat(Eligibility.decide(known, NOW)).isEqualTo(new Decision.Deliver());
        }

        @Test
        void excludesWhomNoAddressIsKnownOf() {
            Decision missing =
                    excluded(
                            Reason.ADDRESS_MISSING,
                            "The call would have to carry an address, or the profile to have one.");

            assertThat(decided(addressee(null, null))).isEqualTo(missing);
            assertThat(decided(addressee(ADA, null))).isEqualTo(missing);
            assertThat(decided(addressee(REACHABLE, null))).isEqualTo(new Decision.Deliver());
        }

        @Test
        void prefersTheAddressOfTheCall() {
            var other = new EmailAddress("ada@home.example");

            assertThat(addressee(REACHABLE, other).address()).isEqualTo(other);
            assertThat(addressee(REACHABLE, null).address()).isEqualTo(ADDRESS);
        }

        @Test
        void asksWhoItIsFirst() {
            Facts nobody = facts(ProfileLookup.REQUIRED, addressee(null, null));

            assertThat(Eligibility.decide(nobody, NOW))
                    .isInstanceOfSatisfying(
                            Decision.Exclude.class,
                            no -> assertThat(no.reason()).isEqualTo(Reason.PROFILE_UNKNOWN));
        }

        private static Addressee addressee(
                @Nullable KnownPerson person, @Nullable EmailAddress ofCall) {
            return Addressee.of(person, CRM, ofCall, AddressFields.NONE, Attributes.NONE);
        }

        private static Decision decided(Addressee addressee) {
            return Eligibility.decide(facts(ProfileLookup.IF_KNOWN, addressee), NOW);
        }

        private static Decision excluded(Reason reason, String remedy) {
            return new Decision.Exclude(reason, Evidence.NOTHING_ON_RECORD, remedy);
        }

        private static Facts facts(ProfileLookup lookup, Addressee addressee) {
            var occasion =
                    new Occasion(
                            WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.SERVICE, "", lookup, false);
            return Facts.nothing(occasion, addressee);
        }
    }

    @Nested
    class OfSuppressions {
        private final Suppression address =
                suppression("ada@example.com", SuppressionReason.MANUAL, null);
        private final Suppression domain =
                suppression("example.com", SuppressionReason.MANUAL, null);

        @ParameterizedTest
        @EnumSource(SuppressionReason.class)
        void excludesTheAddressWhateverPutItThere(SuppressionReason reason) {
            Suppression entry = suppression("ada@example.com", reason, null);

            assertThat(Eligibility.decide(suppressed(entry, null), NOW))
                    .isInstanceOfSatisfying(
                            Decision.Exclude.class,
                            no -> {
                                assertThat(no.reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED);
                                assertThat(no.evidence().source()).isEqualTo(reason.name());
                            });
        }

        @ParameterizedTest
        @EnumSource(SuppressionReason.class)
        void areBypassedByServiceMessagesThatMayWhereTheyAreComplaints(SuppressionReason reason) {
            boolean bypassed = reason == SuppressionReason.COMPLAINT;
            Suppression ofAddress = suppression("ada@example.com", reason, null);
            Suppression ofDomain = suppression("example.com", reason, null);

            assertThat(Eligibility.decide(bypassing(Purpose.SERVICE, ofAddress, null), NOW))
                    .isEqualTo(
                            bypassed
                                    ? new Decision.Deliver()
                                    : excluded(Reason.ADDRESS_SUPPRESSED, ofAddress));
            assertThat(Eligibility.decide(bypassing(Purpose.SERVICE, null, ofDomain), NOW))
                    .isEqualTo(
                            bypassed
                                    ? new Decision.Deliver()
                                    : excluded(Reason.DOMAIN_SUPPRESSED, ofDomain));
            assertThat(Eligibility.decide(bypassing(Purpose.SERVICE, ofAddress, domain), NOW))
                    .isInstanceOf(Decision.Exclude.class);
            assertThat(Eligibility.decide(bypassing(Purpose.MARKETING, ofAddress, null), NOW))
                    .isEqualTo(excluded(Reason.ADDRESS_SUPPRESSED, ofAddress));
        }

        private static Facts bypassing(
                Purpose purpose, @Nullable Suppression address, @Nullable Suppression domain) {
            var occasion =
                    new Occasion(
                            WorkspaceId.DEFAULT,
                            Channel.EMAIL,
                            purpose,
                            "",
                            ProfileLookup.IF_KNOWN,
                            true);
            return factsBefore(occasion)
                    .sendingWhenUnset(true)
                    .suppressed(fact(address), fact(domain))
                    .build();
        }

        @Test
        void excludesTheDomain() {
            assertThat(Eligibility.decide(suppressed(null, domain), NOW))
                    .isEqualTo(excluded(Reason.DOMAIN_SUPPRESSED, domain));
        }

        @Test
        void looksAtTheAddressFirst() {
            assertThat(Eligibility.decide(suppressed(address, domain), NOW))
                    .isEqualTo(excluded(Reason.ADDRESS_SUPPRESSED, address));
        }

        @Test
        void areVoidFromTheirExpiryOn() {
            Suppression over = suppression("ada@example.com", SuppressionReason.MANUAL, NOW);
            Suppression ending =
                    suppression("ada@example.com", SuppressionReason.MANUAL, NOW.plusMillis(1));

            assertThat(Eligibility.decide(suppressed(over, null), NOW))
                    .isEqualTo(new Decision.Deliver());
            assertThat(Eligibility.decide(suppressed(ending, null), NOW))
                    .isEqualTo(excluded(Reason.ADDRESS_SUPPRESSED, ending));
            assertThat(Eligibility.decide(suppressed(over, domain), NOW))
                    .isEqualTo(excluded(Reason.DOMAIN_SUPPRESSED, domain));
        }

        @Test
        void nameTheConfigurationAmongTheRemediesOfAComplaintAboutServiceMessages() {
            Suppression complaint =
                    suppression("ada@example.com", SuppressionReason.COMPLAINT, null);

            assertThat(Eligibility.decide(suppressed(complaint, null), NOW))
                    .isEqualTo(
                            excluded(
                                    Reason.ADDRESS_SUPPRESSED,
                                    complaint,
                                    "The entry would have to be deleted or to expire, or the"
                                            + " channel configuration to bypass complaints."));
        }

        @ParameterizedTest
        @CsvSource({
            // whether the message bypasses complaints; one, until; the other, until
            "true,  MANUAL,    2027-01-01T00:00:00Z, COMPLAINT,    ",
            "true,  MANUAL,    2028-01-01T00:00:00Z, SOFT_BOUNCES, 2027-01-01T00:00:00Z",
            "true,  COMPLAINT, ,                     COMPLAINT,    2027-01-01T00:00:00Z",
            "false, COMPLAINT, ,                     MANUAL,       2027-01-01T00:00:00Z",
            "false, MANUAL,    2028-01-01T00:00:00Z, COMPLAINT,    2027-01-01T00:00:00Z"
        })
        void ofAnAddressWithTwoNamesTheOneDecidesThatHoldsBackAndForLonger(
                boolean bypassing,
                SuppressionReason one,
                @Nullable Instant oneUntil,
                SuppressionReason other,
                @Nullable Instant otherUntil) {
            var occasion =
                    new Occasion(
                            WorkspaceId.DEFAULT,
                            Channel.EMAIL,
                            Purpose.SERVICE,
                            "",
                            ProfileLookup.IF_KNOWN,
                            bypassing);
            SuppressionFact deciding = suppression("ada@example.com", one, oneUntil).fact();
            SuppressionFact notDeciding = suppression("ada@example.com", other, otherUntil).fact();

            assertThat(occasion.deciding(deciding, notDeciding)).isEqualTo(deciding);
            assertThat(occasion.deciding(notDeciding, deciding)).isEqualTo(deciding);
            assertThat(occasion.deciding(notDeciding, null)).isEqualTo(notDeciding);
        }

        private static Decision excluded(Reason reason, Suppression entry) {
            return excluded(reason, entry, "The entry would have to be deleted or to expire.");
        }

        private static Decision excluded(Reason reason, Suppression entry, String remedy) {
            return new Decision.Exclude(
                    reason,
                    new Evidence(entry.name(), entry.reason().name(), entry.createTime()),
                    remedy);
        }

        private static Suppression suppression(
                String target, SuppressionReason reason, @Nullable Instant expireTime) {
            return new Suppression(
                    new SuppressionId(new UUID(0, 1)),
                    WorkspaceId.DEFAULT,
                    SuppressionTarget.parse(target).orElseThrow(),
                    reason,
                    "",
                    NOW.minusSeconds(60),
                    expireTime);
        }
    }

    @Nested
    class OfTheAllowedList {
        @ParameterizedTest
        @EnumSource(Purpose.class)
        void excludesWhomItLacksWhateverTheMessageIsFor(Purpose purpose) {
            assertThat(verdict(listed(purpose, AllowedList.LACKS, null)))
                    .isInstanceOfSatisfying(
                            Decision.Exclude.class,
                            no -> {
                                assertThat(no.reason()).isEqualTo(Reason.NOT_ON_ALLOWED_LIST);
                                assertThat(no.evidence()).isEqualTo(new Evidence("", "", null));
                                assertThat(no.remedy()).isNotEmpty();
                            });
            assertThat(verdict(listed(purpose, AllowedList.COVERS, null)))
                    .isEqualTo(new Decision.Deliver());
            assertThat(verdict(listed(purpose, AllowedList.OFF, null)))
                    .isEqualTo(new Decision.Deliver());
        }

        @Test
        void coversUntilTheLastEntryExpires() {
            AllowedList expired = AllowedList.coversUntil(NOW);
            AllowedList inForce = AllowedList.coversUntil(NOW.plusNanos(1));

            assertThat(verdict(listed(Purpose.SERVICE, expired, null)))
                    .isInstanceOf(Decision.Exclude.class);
            assertThat(verdict(listed(Purpose.SERVICE, inForce, null)))
                    .isEqualTo(new Decision.Deliver());
            assertThat(expired.orLonger(inForce))
                    .isEqualTo(inForce.orLonger(expired))
                    .isEqualTo(inForce);
            assertThat(AllowedList.COVERS.orLonger(inForce))
                    .isEqualTo(inForce.orLonger(AllowedList.COVERS))
                    .isEqualTo(AllowedList.COVERS);
            assertThat(AllowedList.LACKS.orLonger(expired)).isEqualTo(expired);
        }

        @Test
        void decidesAboutServiceMessagesToo() {
            assertThat(Eligibility.decide(listed(Purpose.SERVICE, AllowedList.LACKS, null), NOW))
                    .isInstanceOf(Decision.Exclude.class);
        }

        @Test
        void isAskedAfterTheSuppressionsAndLiftsNone() {
            var entry =
                    new SuppressionFact(
                            new SuppressionId(new UUID(0, 1)),
                            SuppressionReason.MANUAL,
                            NOW.minusSeconds(60),
                            null);

            for (AllowedList list :
                    List.of(AllowedList.OFF, AllowedList.COVERS, AllowedList.LACKS)) {
                assertThat(Eligibility.decide(listed(Purpose.SERVICE, list, entry), NOW))
                        .isInstanceOfSatisfying(
                                Decision.Exclude.class,
                                no -> assertThat(no.reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED));
            }
        }

        private static Decision verdict(Facts facts) {
            return Eligibility.explain(facts, NOW).stream()
                    .filter(verdict -> verdict.rule() == Rule.ALLOWED_LIST)
                    .findFirst()
                    .orElseThrow()
                    .decision();
        }

        private static Facts listed(
                Purpose purpose, AllowedList list, @Nullable SuppressionFact address) {
            return factsBefore(occasion(purpose, "")).suppressed(address, null).build().with(list);
        }
    }
}

package io.campanile.domain.eligibility;

import static io.campanile.domain.eligibility.FactsBuilder.SOMEBODY;
import static io.campanile.domain.eligibility.FactsBuilder.factsBefore;
import static io.campanile.domain.eligibility.FactsBuilder.factsBeforeMarketing;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class DecidedTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Occasion occasion(Purpose purpose, String topic) {
        return new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, purpose, topic);
    }

    private static Decided decided(Facts facts) {
        return new Decided(facts, Eligibility.decide(facts, NOW), NOW);
    }

    private static Facts saying(Purpose purpose, ConsentState state) {
        var said =
                new Consent(
                        new ConsentRecordId(new UUID(0, 1)),
                        new ConsentLevel(Channel.EMAIL, purpose, ""),
                        state,
                        "checkout",
                        NOW);
        return factsBefore(occasion(purpose, "offers")).saidByThem(List.of(said)).build();
    }

    @Test
    void isKeptWithItsReasonAndTime() {
        Facts facts = saying(Purpose.SERVICE, ConsentState.DENIED);

        assertThat(decided(facts).record())
                .isEqualTo(new DecisionRecord(facts, Reason.CONSENT_DENIED, NOW));
    }

    @Test
    void isKeptWithWhyTheMessageCouldNotBeRendered() {
        Facts facts = saying(Purpose.MARKETING, ConsentState.GRANTED);

        assertThat(decided(facts).recordOfUnrendered("profile.firstName has no value"))
                .isEqualTo(new DecisionRecord(facts, null, NOW, "profile.firstName has no value"));
    }

    @Test
    void isKeptFromTheFirstWhereItRestsOnARecord() {
        Facts facts = saying(Purpose.MARKETING, ConsentState.GRANTED);

        assertThat(decided(facts).recordOfFirst()).isEqualTo(new DecisionRecord(facts, null, NOW));
    }

    @Test
    void isKeptFromTheFirstInMarketingEvenWhereNothingWasSaid() {
        Facts facts = factsBeforeMarketing().build();

        assertThat(decided(facts).recordOfFirst()).isNotNull();
        assertThat(
                        decided(Facts.nothing(occasion(Purpose.MARKETING, ""), SOMEBODY))
                                .recordOfFirst())
                .isNotNull();
    }

    @Test
    void isKeptFromTheFirstWhereTheAllowedListWasOn() {
        Facts facts =
                Facts.nothing(occasion(Purpose.SERVICE, ""), SOMEBODY).with(AllowedList.COVERS);

        assertThat(decided(facts).recordOfFirst()).isEqualTo(decided(facts).record());
    }

    @ParameterizedTest
    @CsvSource({"''", "offers"})
    void isExplainedByNothingWhereNothingIsKept(String topic) {
        Facts facts = Facts.nothing(occasion(Purpose.SERVICE, topic), SOMEBODY);

        assertThat(decided(facts).recordOfFirst()).isNull();
        assertThat(decided(facts).decision()).isEqualTo(new Decision.Deliver());
        assertThat(
                        Eligibility.explain(
                                DecisionRecord.factsWithoutRecord(
                                        WorkspaceId.DEFAULT, SOMEBODY.address()),
                                NOW))
                .isEqualTo(Eligibility.explain(facts, NOW));
    }

    @Test
    void isKeptFromTheFirstWhereTheProfileHadASay() {
        var person = new KnownPerson(new ProfileId(new UUID(0, 2)), ProfileDetails.NONE);
        Facts facts =
                Facts.nothing(
                        occasion(Purpose.SERVICE, ""), new Addressee(person, SOMEBODY.address()));

        assertThat(decided(facts).recordOfFirst()).isNotNull();
    }
}

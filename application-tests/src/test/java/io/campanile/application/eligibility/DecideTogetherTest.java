package io.campanile.application.eligibility;

import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.eligibility.DecideRecipients.Earlier;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.eligibility.InMemoryFactSource;
import io.campanile.testkit.eligibility.InMemoryRuleSource;
import io.campanile.testkit.message.InMemoryReservations;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.ruleset.InMemoryRuleSets;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemorySuppressions;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

class DecideTogetherTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final EmailAddress ADDRESS = new EmailAddress("ada@example.com");
    private static final Identity ADA = new Identity(Identity.EMAIL, "ada@example.com");
    private static final Occasion NEWS =
            new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.MARKETING, "");

    private final InMemoryWorkspaces workspaces = new InMemoryWorkspaces();
    private final InMemoryProfiles profiles = new InMemoryProfiles();
    private final InMemoryRuleSets ruleSets = new InMemoryRuleSets();
    private final InMemoryReservations reservations =
            new InMemoryStore(new SettableTime(NOON)).reservations();
    private final DecideRecipients eligibility =
            new DecideRecipients(
                    new InMemoryFactSource(
                            workspaces,
                            profiles,
                            new InMemoryConsents(),
                            new InMemorySuppressions(),
                            new InMemoryAllowedEntries(),
                            InMemoryKeptKeys.pseudonyms()),
                    new InMemoryRuleSource(ruleSets, workspaces, profiles, reservations));

    @Test
    void countsAMessageInDoubtOnceForThoseBehindIt() {
        RuleSet two = aRuleSet().atMost(2, Duration.ofHours(1)).build();
        ruleSets.insert(two);
        Claim inDoubt = new Claim(message(1), ClaimEpoch.FIRST);
        reservations.reserve(
                List.of(
                        new NewReservation(
                                inDoubt,
                                two.id(),
                                two.version(),
                                PersonKey.of(WorkspaceId.DEFAULT, ADA),
                                new Reservation(Channel.EMAIL, NOON))));
        reservations.keep(List.of(inDoubt));

        assertThat(
                        eligibility.decideTogether(
                                Stream.of(1, 2, 3).map(DecideTogetherTest::earlier).toList(),
                                Map.of(),
                                NOON.plusSeconds(60)))
                .extracting(Decided::decision)
                .extracting(Decision.Deliver.class::isInstance)
                .containsExactly(true, true, false);
    }

    private static MessageId message(int number) {
        return new MessageId(new UUID(0, number));
    }

    private static Earlier earlier(int number) {
        return new Earlier(
                new Subject(NEWS, List.of(), ADA, ADDRESS, false, message(number)),
                new Facts(
                        NEWS,
                        new Addressee(null, ADDRESS),
                        true,
                        List.of(),
                        List.of(),
                        null,
                        null));
    }
}

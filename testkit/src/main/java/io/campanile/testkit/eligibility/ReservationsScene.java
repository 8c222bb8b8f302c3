package io.campanile.testkit.eligibility;

import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.eligibility.port.RuleSource;
import io.campanile.application.eligibility.port.RuleSubject;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/// What the contracts of rules and of reservations share. Each test has a workspace of its own, so
/// that they can share a store.
public abstract class ReservationsScene {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Identity ADA = new Identity("crmId", "ada");
    static final Identity BOB = new Identity("crmId", "bob");
    static final Identity EVE = new Identity("crmId", "eve");

    final WorkspaceId workspace =
            new WorkspaceId("w-" + UUID.randomUUID().toString().substring(0, 13));

    /// The stores that rules are read from, and their reader. Transactions and the last two are of
    /// one store.
    public record Stores(
            Workspaces workspaces,
            RuleSets ruleSets,
            Profiles profiles,
            Transactions transactions,
            RuleSource rules,
            Reservations reservations) {}

    protected abstract Stores stores();

    @BeforeEach
    void createTheWorkspace() {
        stores().workspaces()
                .insert(
                        new Workspace(
                                workspace,
                                "Ours",
                                NOON,
                                false,
                                false,
                                ZoneId.of("Pacific/Chatham"),
                                "",
                                AttributeSchema.NONE));
    }

    RuleSet capped(int maxMessages) {
        return aRuleSet()
                .in(workspace)
                .named("caps")
                .atMost(maxMessages, Duration.ofHours(1))
                .build();
    }

    RuleSet given(RuleSet ruleSet) {
        assertThat(stores().ruleSets().insert(ruleSet)).isTrue();
        return ruleSet;
    }

    RuleSetFacts rules(Identity identity, @Nullable MessageId message) {
        return stores()
                .rules()
                .load(List.of(RuleSubject.of(subject(identity, List.of(), message))))
                .getFirst()
                .ruleSets()
                .stream()
                .filter(set -> set.name().ruleSet().equals("caps"))
                .findFirst()
                .map(ReservationsScene::unnamed)
                .orElseThrow();
    }

    /// Without the messages, where only their number and their times matter.
    private static RuleSetFacts unnamed(RuleSetFacts set) {
        return new RuleSetFacts(
                set.id(),
                set.name(),
                set.version(),
                set.since(),
                set.caps(),
                set.quietHours(),
                unnamed(set.reserved()));
    }

    static List<Reservation> unnamed(List<Reservation> reserved) {
        return reserved.stream().map(each -> new Reservation(each.channel(), each.time())).toList();
    }

    Subject subject(Identity identity, List<String> ruleSets, @Nullable MessageId message) {
        return new Subject(
                new Occasion(workspace, Channel.EMAIL, Purpose.MARKETING, ""),
                ruleSets,
                identity,
                new EmailAddress("ada@example.com"),
                false,
                message);
    }

    PersonKey key(Identity identity) {
        return PersonKey.of(workspace, identity);
    }

    /// A claim on a message of this test.
    Claim claim(int number) {
        return new Claim(
                new MessageId(new UUID(workspace.value().hashCode(), number)), new ClaimEpoch(1));
    }

    void reserve(RuleSet ruleSet, Claim claim, Identity identity, Instant time) {
        reserve(ruleSet, claim, key(identity), time);
    }

    void reserve(RuleSet ruleSet, Claim claim, PersonKey person, Instant time) {
        stores().reservations()
                .reserve(
                        List.of(
                                new NewReservation(
                                        claim, ruleSet.id(), ruleSet.version(), person, at(time))));
    }

    static Reservation at(Instant time) {
        return new Reservation(Channel.EMAIL, time);
    }
}

package io.campanile.testkit.eligibility;

import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.eligibility.port.RuleSource;
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
import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What [RuleSource] and [Reservations] must do together. Each test has a workspace of its own, so
/// that they can share a store.
public abstract class ReservationsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Identity ADA = new Identity("crmId", "ada");
    private static final Identity BOB = new Identity("crmId", "bob");
    private static final Identity EVE = new Identity("crmId", "eve");

    private final WorkspaceId workspace =
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

    @Test
    void tellsWhichRuleSetsAreInForce() {
        RuleSet all = given(aRuleSet().in(workspace).named("all").build());
        RuleSet named = given(aRuleSet().in(workspace).named("named").forThoseWhoNameIt().build());
        given(aRuleSet().in(workspace).named("other").forThoseWhoNameIt().build());
        given(
                aRuleSet()
                        .in(workspace)
                        .named("draft")
                        .inState(RuleSet.State.DRAFT)
                        .atMost(1, FrequencyCap.Period.DAY)
                        .build());

        List<RuleFacts> rules =
                stores().rules()
                        .load(
                                List.of(
                                        subject(ADA, List.of("named", "draft"), null),
                                        subject(BOB, List.of(), null)));

        assertThat(rules.getFirst().ruleSets())
                .containsExactlyInAnyOrder(
                        RuleSetFacts.of(all, List.of()), RuleSetFacts.of(named, List.of()));
        assertThat(rules.getFirst().person()).isEqualTo(PersonKey.of(workspace, ADA));
        assertThat(rules.getLast().ruleSets()).containsExactly(RuleSetFacts.of(all, List.of()));
        assertThat(stores().rules().load(List.of())).isEmpty();
    }

    @Test
    void knowsNoRulesWhereThereAreNone() {
        assertThat(stores().rules().load(List.of(subject(ADA, List.of("gone"), null))))
                .containsExactly(RuleFacts.NONE);
    }

    @Test
    void countsForWhoeverAPersonTurnsOutToBe() {
        RuleSet ruleSet = given(capped(3));
        reserve(ruleSet, claim(1), ADA, NOON);
        reserve(ruleSet, claim(2), BOB, NOON.plusMillis(1));

        stores().reservations().move(PersonKey.of(workspace, ADA), PersonKey.of(workspace, BOB));

        assertThat(rules(ADA, null).reserved()).isEmpty();
        assertThat(rules(BOB, null).reserved())
                .containsExactlyInAnyOrder(at(NOON), at(NOON.plusMillis(1)));
    }

    @Test
    void countsForThePersonAStrangerTurnsOutToBe() {
        RuleSet ruleSet = given(capped(5));
        reserve(ruleSet, claim(1), ADA, NOON);
        reserve(ruleSet, claim(2), EVE, NOON);
        var profile = new ProfileId(UUID.randomUUID());
        stores().profiles()
                .insert(
                        Profile.created(
                                profile, workspace, List.of(ADA, BOB), ProfileDetails.NONE, NOON));
        reserve(ruleSet, claim(3), PersonKey.of(profile), NOON.plusSeconds(1));

        PersonKey person = PersonKey.of(profile);
        stores().reservations().follow(Map.of(key(ADA), person, key(BOB), person));
        stores().reservations().follow(Map.of());

        assertThat(rules(BOB, null).reserved())
                .containsExactlyInAnyOrder(at(NOON), at(NOON.plusSeconds(1)));
        assertThat(rules(EVE, null).reserved()).containsExactly(at(NOON));
    }

    @Test
    void obeysAChangeAtOnce() {
        RuleSet before = given(capped(1));
        RuleSet after = before.edited(capped(7));
        assertThat(stores().ruleSets().update(after, before.version())).isTrue();

        assertThat(rules(ADA, null).caps()).isEqualTo(after.caps());
    }

    @Test
    void countsEachMessageOfThePersonOnceAndUnderItsRuleSet() {
        RuleSet ruleSet = given(capped(3));
        RuleSet other = given(aRuleSet().in(workspace).named("other").build());
        reserve(ruleSet, claim(1), ADA, NOON);
        reserve(ruleSet, claim(2), ADA, NOON.plusMillis(1));
        reserve(ruleSet, claim(3), BOB, NOON);
        reserve(other, claim(4), ADA, NOON);

        assertThat(rules(ADA, null).reserved())
                .containsExactlyInAnyOrder(at(NOON), at(NOON.plusMillis(1)));
        assertThat(rules(ADA, claim(1).message()).reserved())
                .containsExactly(at(NOON.plusMillis(1)));

        reserve(ruleSet, claim(1), ADA, NOON.plusMillis(2));
        assertThat(rules(ADA, null).reserved())
                .containsExactlyInAnyOrder(at(NOON.plusMillis(1)), at(NOON.plusMillis(2)));
    }

    @Test
    void findsTheLatestOfThemWhenThereAreMany() {
        RuleSet ruleSet = given(capped(2));
        for (int number = 0; number < 5; number++) {
            reserve(ruleSet, claim(number), ADA, NOON.plusSeconds(number));
        }

        assertThat(rules(ADA, null).reserved())
                .contains(at(NOON.plusSeconds(4)), at(NOON.plusSeconds(3)));
    }

    @Test
    void countsForAPersonWhateverIdentityIsUsedAndWhatWasReservedBefore() {
        RuleSet ruleSet = given(capped(5));
        reserve(ruleSet, claim(1), ADA, NOON);
        var profile = new ProfileId(UUID.randomUUID());
        stores().profiles()
                .insert(
                        Profile.created(
                                profile, workspace, List.of(ADA, BOB), ProfileDetails.NONE, NOON));
        reserve(ruleSet, claim(2), PersonKey.of(profile), NOON.plusSeconds(1));

        assertThat(rules(ADA, null).reserved())
                .containsExactlyInAnyOrder(at(NOON), at(NOON.plusSeconds(1)));
        assertThat(rules(BOB, null).reserved()).containsExactly(at(NOON.plusSeconds(1)));
        assertThat(stores().rules().load(List.of(subject(BOB, List.of(), null))))
                .extracting(RuleFacts::person)
                .containsExactly(PersonKey.of(profile));
    }

    @Test
    void tellsTheClockOfThePersonElseOfTheWorkspace() {
        given(aRuleSet().in(workspace).named("all").build());
        knownAs(ADA, "Asia/Kathmandu");
        knownAs(BOB, "");

        assertThat(
                        stores().rules()
                                .load(
                                        List.of(
                                                subject(ADA, List.of(), null),
                                                subject(BOB, List.of(), null),
                                                subject(EVE, List.of(), null))))
                .extracting(facts -> facts.zone().getId())
                .containsExactly("Asia/Kathmandu", "Pacific/Chatham", "Pacific/Chatham");
    }

    private void knownAs(Identity identity, String timeZone) {
        var details = new ProfileDetails(Attributes.NONE, List.of(), "", timeZone);
        stores().profiles()
                .insert(
                        Profile.created(
                                new ProfileId(UUID.randomUUID()),
                                workspace,
                                List.of(identity),
                                details,
                                NOON));
    }

    @Test
    void givesBackOnlyWhatTheSameClaimReserved() {
        RuleSet ruleSet = given(capped(5));
        reserve(ruleSet, claim(1), ADA, NOON);
        reserve(ruleSet, claim(2), ADA, NOON.plusSeconds(1));
        Claim later = new Claim(claim(1).message(), new ClaimEpoch(2));

        stores().reservations().giveBack(List.of(later, claim(2)));
        assertThat(rules(ADA, null).reserved()).containsExactly(at(NOON));

        stores().reservations().giveBack(List.of(claim(1)));
        assertThat(rules(ADA, null).reserved()).isEmpty();
        stores().reservations().giveBack(List.of());
    }

    @Test
    void neverGivesBackWhatMayHaveBeenSent() {
        RuleSet ruleSet = given(capped(5));
        reserve(ruleSet, claim(1), ADA, NOON);
        stores().reservations().keep(List.of(claim(1)));
        stores().reservations().giveBack(List.of(claim(1)));
        reserve(ruleSet, claim(1), ADA, NOON.plusSeconds(1));
        stores().reservations().giveBack(List.of(claim(1)));
        assertThat(rules(ADA, null).reserved()).containsExactly(at(NOON.plusSeconds(1)));

        // Marked by a claim nobody recorded an outcome of, then by another one.
        reserve(ruleSet, claim(2), BOB, NOON);
        Claim later = new Claim(claim(2).message(), new ClaimEpoch(2));
        reserve(ruleSet, later, BOB, NOON.plusSeconds(1));
        stores().reservations().giveBack(List.of(later, claim(2)));
        assertThat(rules(BOB, null).reserved()).containsExactly(at(NOON.plusSeconds(1)));
    }

    @Test
    void forgetsWhatIsOldAFewAtATime() {
        RuleSet ruleSet = given(capped(10));
        Instant longAgo = Instant.parse("1999-12-31T00:00:00Z");
        for (int number = 0; number < 3; number++) {
            reserve(ruleSet, claim(number), ADA, longAgo.minusSeconds(number + 1));
        }
        reserve(ruleSet, claim(3), ADA, longAgo);

        assertThat(stores().reservations().forget(longAgo, 2)).isEqualTo(2);
        assertThat(stores().reservations().forget(longAgo, 2)).isEqualTo(1);
        assertThat(rules(ADA, null).reserved()).containsExactly(at(longAgo));
    }

    @Test
    void forgetsAPersonAndNobodyElse() {
        RuleSet ruleSet = given(capped(10));
        reserve(ruleSet, claim(1), ADA, NOON);
        reserve(ruleSet, claim(2), ADA, NOON.plusSeconds(1));
        reserve(ruleSet, claim(3), BOB, NOON);

        stores().reservations().forget(List.of(key(ADA)), NOON.plusSeconds(1));
        stores().reservations().forget(List.of(), NOON.plusSeconds(1));

        assertThat(rules(ADA, null).reserved()).containsExactly(at(NOON.plusSeconds(1)));
        assertThat(rules(BOB, null).reserved()).containsExactly(at(NOON));
    }

    @Test
    void letsOnlyOneAtATimeDecideAboutAPerson() throws InterruptedException, ExecutionException {
        RuleSet ruleSet = given(capped(3));
        List<Callable<Integer>> work =
                IntStream.range(0, 40)
                        .<Callable<Integer>>mapToObj(
                                number -> () -> reserveIfAllowed(ruleSet, number))
                        .toList();

        int reserved = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> done : threads.invokeAll(work)) {
                reserved += done.get();
            }
        }

        assertThat(reserved).isEqualTo(6);
        assertThat(rules(ADA, null).reserved()).hasSize(3);
        assertThat(rules(BOB, null).reserved()).hasSize(3);
    }

    /// Wants both persons, in either order.
    private int reserveIfAllowed(RuleSet ruleSet, int number) {
        List<Identity> both = number % 2 == 0 ? List.of(ADA, BOB) : List.of(BOB, ADA);
        return stores().transactions()
                .inTransaction(() -> {
                    stores().reservations().lock(both.stream().map(this::key).toList());
                    int reserved = 0;
                    for (Identity one : both) {
                        if (rules(one, null).reserved().size() < 3) {
                            reserve(
                                    ruleSet,
                                    claim(2 * number + reserved),
                                    one,
                                    NOON.plusMillis(number));
                            reserved++;
                        }
                    }
                    return reserved;
                });
    }

    private RuleSet capped(int maxMessages) {
        return aRuleSet()
                .in(workspace)
                .named("caps")
                .atMost(maxMessages, Duration.ofHours(1))
                .build();
    }

    private RuleSet given(RuleSet ruleSet) {
        assertThat(stores().ruleSets().insert(ruleSet)).isTrue();
        return ruleSet;
    }

    private RuleSetFacts rules(Identity identity, @Nullable MessageId message) {
        return stores()
                .rules()
                .load(List.of(subject(identity, List.of(), message)))
                .getFirst()
                .ruleSets()
                .stream()
                .filter(set -> set.name().ruleSet().equals("caps"))
                .findFirst()
                .orElseThrow();
    }

    private Subject subject(Identity identity, List<String> ruleSets, @Nullable MessageId message) {
        return new Subject(
                new Occasion(workspace, Channel.EMAIL, Purpose.MARKETING, ""),
                ruleSets,
                identity,
                new EmailAddress("ada@example.com"),
                false,
                message);
    }

    private PersonKey key(Identity identity) {
        return PersonKey.of(workspace, identity);
    }

    /// A claim on a message of this test.
    private Claim claim(int number) {
        return new Claim(
                new MessageId(new UUID(workspace.value().hashCode(), number)), new ClaimEpoch(1));
    }

    private void reserve(RuleSet ruleSet, Claim claim, Identity identity, Instant time) {
        reserve(ruleSet, claim, key(identity), time);
    }

    private void reserve(RuleSet ruleSet, Claim claim, PersonKey person, Instant time) {
        stores().reservations()
                .reserve(
                        List.of(
                                new NewReservation(
                                        claim, ruleSet.id(), ruleSet.version(), person, at(time))));
    }

    private static Reservation at(Instant time) {
        return new Reservation(Channel.EMAIL, time);
    }
}

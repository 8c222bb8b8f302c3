package io.campanile.testkit.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.RuleSet;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What every [Reservations] must do.
public abstract class ReservationsContract extends ReservationsScene {
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
}

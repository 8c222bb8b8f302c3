package io.campanile.testkit.eligibility;

import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.eligibility.port.RuleSource;
import io.campanile.application.eligibility.port.RuleSubject;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.RuleSet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What every [RuleSource] must tell of rule sets and of what was reserved.
public abstract class RuleSourceContract extends ReservationsScene {
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
                                        asked(ADA, List.of("named", "draft")),
                                        asked(BOB, List.of())));

        assertThat(rules.getFirst().ruleSets())
                .containsExactlyInAnyOrder(
                        RuleSetFacts.of(all, List.of()), RuleSetFacts.of(named, List.of()));
        assertThat(rules.getFirst().person()).isEqualTo(PersonKey.of(workspace, ADA));
        assertThat(rules.getLast().ruleSets()).containsExactly(RuleSetFacts.of(all, List.of()));
        assertThat(stores().rules().load(List.of())).isEmpty();
    }

    @Test
    void knowsNoRulesWhereThereAreNone() {
        assertThat(stores().rules().load(List.of(asked(ADA, List.of("gone")))))
                .containsExactly(RuleFacts.NONE);
    }

    @Test
    void obeysAChangeAtOnce() {
        RuleSet before = given(capped(1));
        RuleSet after = before.edited(capped(7).definition());
        stores().ruleSets().update(after);

        assertThat(rules(ADA, null).caps()).isEqualTo(after.definition().caps());
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

    /// So that one of them that is marked again counts once.
    @Test
    void saysWhichMessagesItCounts() {
        RuleSet ruleSet = given(capped(3));
        reserve(ruleSet, claim(1), ADA, NOON);
        reserve(ruleSet, claim(2), ADA, NOON.plusMillis(1));
        stores().reservations().keep(List.of(claim(1)));

        RuleFacts facts = stores().rules().load(List.of(asked(ADA, List.of()))).getFirst();

        assertThat(facts.ruleSets().getFirst().reserved())
                .containsExactlyInAnyOrder(
                        new Reservation(claim(1).message(), Channel.EMAIL, NOON),
                        new Reservation(claim(2).message(), Channel.EMAIL, NOON.plusMillis(1)));
    }

    /// A mark that is repeated counts what it may have reserved already.
    @Test
    void leavesOutWhatWhoeverAsksCounts() {
        RuleSet ruleSet = given(capped(3));
        for (int number = 1; number <= 3; number++) {
            reserve(ruleSet, claim(number), ADA, NOON.plusMillis(number));
        }

        assertThat(reservedBeside(claim(1), claim(2)))
                .allSatisfy(
                        reserved -> assertThat(reserved).containsExactly(at(NOON.plusMillis(3))));
    }

    /// Another claim of the message, or this one when nobody can tell, may have sent it.
    @Test
    void countsWhatMayHaveBeenSentUnderAnotherClaim() {
        RuleSet ruleSet = given(capped(3));
        reserve(ruleSet, claim(1), ADA, NOON.plusMillis(1));
        reserve(ruleSet, claim(2), ADA, NOON.plusMillis(2));
        stores().reservations().keep(List.of(claim(2)));
        Claim later = new Claim(claim(1).message(), new ClaimEpoch(2));

        assertThat(reservedBeside(later, claim(2)))
                .containsExactly(List.of(at(NOON.plusMillis(2))), List.of(at(NOON.plusMillis(1))));
    }

    /// For each of these messages, when whoever asks counts what was reserved under their claims.
    private List<List<Reservation>> reservedBeside(Claim... claims) {
        return stores()
                .rules()
                .load(
                        Stream.of(claims)
                                .map(claim -> subject(ADA, List.of(), claim.message()))
                                .map(RuleSubject::of)
                                .toList(),
                        Stream.of(claims).collect(Collectors.toMap(Claim::message, Claim::epoch)))
                .stream()
                .map(facts -> unnamed(facts.ruleSets().getFirst().reserved()))
                .toList();
    }

    @Test
    void countsOnEveryChannelWhereACapNamesNone() {
        RuleSet ruleSet =
                given(
                        aRuleSet()
                                .in(workspace)
                                .named("caps")
                                .atMostOnAllChannels(2, Duration.ofHours(1))
                                .build());
        reserve(ruleSet, claim(1), ADA, NOON);

        assertThat(rules(ADA, null)).isEqualTo(RuleSetFacts.of(ruleSet, List.of(at(NOON))));
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
        assertThat(stores().rules().load(List.of(asked(BOB, List.of()))))
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
                                                asked(ADA, List.of()),
                                                asked(BOB, List.of()),
                                                asked(EVE, List.of()))))
                .extracting(facts -> facts.zone().getId())
                .containsExactly("Asia/Kathmandu", "Pacific/Chatham", "Pacific/Chatham");
    }

    @Test
    void takesItsWordForWhoSomebodyIs() {
        RuleSet ruleSet = given(capped(5));
        knownAs(ADA, "Asia/Kathmandu");
        var other = new ProfileId(UUID.randomUUID());
        reserve(ruleSet, claim(1), PersonKey.of(other), NOON);
        reserve(ruleSet, claim(2), ADA, NOON.plusSeconds(1));
        var details = new ProfileDetails(Attributes.NONE, List.of(), "", "Asia/Tokyo");

        assertThat(
                        stores().rules()
                                .load(
                                        List.of(
                                                new RuleSubject(
                                                        subject(ADA, List.of(), null),
                                                        new KnownPerson(other, details)))))
                .singleElement()
                .satisfies(rules -> {
                    assertThat(rules.person()).isEqualTo(PersonKey.of(other));
                    assertThat(rules.zone().getId()).isEqualTo("Asia/Tokyo");
                    assertThat(unnamed(rules.ruleSets().getFirst().reserved()))
                            .containsExactlyInAnyOrder(at(NOON), at(NOON.plusSeconds(1)));
                });
    }

    private RuleSubject asked(Identity identity, List<String> ruleSets) {
        return RuleSubject.of(subject(identity, ruleSets, null));
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
}

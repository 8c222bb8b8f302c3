package io.campanile.testkit.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.audience.port.AudienceRules;
import io.campanile.application.audience.port.AudienceRules.Check;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.consent.port.Consents;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.AttributeUse;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.MemberReference;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.store.OwnWorkspaces;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/// What every [AudienceRules] and the [Audiences] of its store make of rules. Measured by CEL's own
/// run time: see [InMemoryAudienceRules].
public abstract class AudienceRulesContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int PEOPLE = 40;
    private static final int RULES = 120;

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final WorkspaceId other = OwnWorkspaces.next();
    private final InMemoryProfiles knownProfiles = new InMemoryProfiles();
    private final InMemoryConsents knownConsents = new InMemoryConsents();

    protected abstract AudienceRules rules();

    protected abstract Audiences audiences();

    protected abstract Consents consents();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    /// Makes a person exist.
    protected abstract void givenProfile(Profile profile);

    @BeforeEach
    void createTheWorkspaces() {
        givenWorkspace(workspace);
        givenWorkspace(other);
    }

    @ParameterizedTest
    @MethodSource("io.campanile.testkit.audience.RuleCases#refused")
    void refusesWhatIsNoRuleAndSaysWhere(String rule, int line, int column) {
        assertThat(rules().check(rule))
                .isInstanceOfSatisfying(
                        Check.Invalid.class,
                        invalid -> {
                            assertThat(invalid.problems().getFirst().line()).isEqualTo(line);
                            assertThat(invalid.problems().getFirst().column()).isEqualTo(column);
                            assertThat(invalid.problems().getFirst().text()).endsWith(".");
                        });
    }

    @ParameterizedTest
    @MethodSource("io.campanile.testkit.audience.RuleCases#tooMuch")
    void refusesWhatIsNestedTooDeeply(String rule) {
        assertThat(rules().check(rule)).isInstanceOf(Check.Invalid.class);
    }

    @Test
    void namesTheAudiencesThatARuleAsksForMembersOf() {
        assertThat(rules().check("member(\"readers\") ||\n  !member(\"buyers\")"))
                .isEqualTo(
                        new Check.Valid(
                                List.of(
                                        new MemberReference("readers", 1, 7),
                                        new MemberReference("buyers", 2, 10)),
                                List.of()));
    }

    @ParameterizedTest
    @MethodSource("io.campanile.testkit.audience.RuleUses#all")
    void tellsWhatARuleAsksOfAttributesAndWhere(String rule, List<AttributeUse> uses) {
        assertThat(rules().check(rule))
                .isInstanceOfSatisfying(
                        Check.Valid.class, valid -> assertThat(valid.attributes()).isEqualTo(uses));
    }

    @ParameterizedTest
    @MethodSource("io.campanile.testkit.audience.RuleCases#matching")
    void matchesWhoeverItIsTrueOf(String rule, List<String> names) {
        givenRuleCases();

        assertThat(matched(rule)).as(rule).containsExactlyInAnyOrderElementsOf(names);
    }

    private void givenRuleCases() {
        RuleCases.PEOPLE.forEach((name, attributes) -> person(name, attributes, "de-AT"));
        person("nobody", Map.of(), "");
        Profile ada = profile("ada");
        consent(ada, Channel.EMAIL, "", ConsentState.GRANTED);
        consent(ada, Channel.EMAIL, "news", ConsentState.DENIED);
        consent(profile("eve"), null, "", ConsentState.PENDING);
        audiences().add(audience(workspace, "readers", "").id(), List.of(ada.id()));
        audience(workspace, "byrule", "true");
    }

    @Test
    void matchesNobodyOfAnotherWorkspace() {
        Profile ada = person("ada", Map.of("vip", true), "");
        givenProfile(
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        other,
                        ada.identities(),
                        ada.details(),
                        NOON));
        Audience audience = ruled("profile.attributes.vip == true");

        assertThat(audiences().members(audience, null, 10)).containsExactly(ada.id());
        assertThat(audiences().count(audience)).isEqualTo(1);
        assertThat(audiences().sample(audience, "email", 10).members()).isEqualTo(1);
    }

    @Test
    void knowsTheWorkspacesOwnAudiencesOnly() {
        Profile ada = person("ada", Map.of(), "");
        audiences().add(audience(other, "theirs", "").id(), List.of(ada.id()));

        assertThat(matched("member(\"theirs\")")).isEmpty();
        assertThat(matched("!member(\"theirs\")")).containsExactly("ada");
    }

    @Test
    void matchesNobodyThroughAnAudienceThatIsGone() {
        Profile ada = person("ada", Map.of(), "");
        Audience readers = audience(workspace, "readers", "");
        audiences().add(readers.id(), List.of(ada.id()));
        assertThat(matched("member(\"readers\")")).containsExactly("ada");

        audiences().delete(readers.id());

        assertThat(matched("member(\"readers\")")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.campanile.testkit.audience.RuleCases#nastyTexts")
    void takesEveryTextAtItsWord(String text) {
        person("has it", Map.of("text", text, "list", List.of(text), text, 1), "");
        person("has more", Map.of("text", "x" + text + "x", "list", List.of()), "");
        person("has another", Map.of("text", "abc'\"\\%_-- \n", "list", List.of("abc")), "");
        String literal = RandomRules.literal(text);

        assertThat(matched("profile.attributes.text == " + literal)).containsExactly("has it");
        assertThat(matched(literal + " in profile.attributes.list")).containsExactly("has it");
        assertThat(matched("profile.attributes[" + literal + "] == 1")).containsExactly("has it");
        assertThat(matched("profile.attributes.text.contains(" + literal + ")"))
                .contains("has it", "has more");
        assertThat(matched("profile.attributes.text.startsWith(" + literal + ")"))
                .doesNotContain("has more");
        assertThat(matched("profile.attributes.text.endsWith(" + literal + ")"))
                .doesNotContain("has more");
    }

    @Test
    void ordersTextsByTheirCodePoints() {
        person("below", Map.of("text", "\uFFFD"), "");
        person("above", Map.of("text", "\uD83D\uDE00"), "");

        assertThat(matched("profile.attributes.text < '\uD83D\uDE00'")).containsExactly("below");
        assertThat(matched("profile.attributes.text <= '\uFFFD'")).containsExactly("below");
        assertThat(matched("profile.attributes.text > '\uFFFD'")).containsExactly("above");
        assertThat(matched("profile.attributes.text >= '\uD83D\uDE00'")).containsExactly("above");
    }

    @Test
    void knowsOneZeroOnly() {
        person("zero", Map.of("number", -0.0, "list", List.of(-0.0)), "");

        assertThat(matched("profile.attributes.number == 0")).containsExactly("zero");
        assertThat(matched("profile.attributes.number in [0]")).containsExactly("zero");
        assertThat(matched("0 in profile.attributes.list")).containsExactly("zero");
        assertThat(matched("profile.attributes.number == -0.0")).containsExactly("zero");
        assertThat(matched("profile.attributes.number in [-0.0]")).containsExactly("zero");
        assertThat(matched("-0.0 in profile.attributes.list")).containsExactly("zero");
        assertThat(matched("profile.attributes.number < 0")).isEmpty();
    }

    @Test
    void readsANameInBracketsAsOneWithoutThem() {
        person("map", Map.of("home", Map.of("a", Map.of("k", 1))), "");
        person("list", Map.of("home", Map.of("a", List.of("k"))), "");
        person("number", Map.of("home", Map.of("a", 0.5)), "");

        for (String part : List.of("profile.attributes.home.a", "profile.attributes.home['a']")) {
            assertThat(matched("'k' in " + part)).containsExactlyInAnyOrder("map", "list");
            assertThat(matched("!('j' in " + part + ")")).containsExactlyInAnyOrder("map", "list");
            assertThat(matched(part + " < 1")).containsExactly("number");
            assertThat(matched("1 <= " + part)).isEmpty();
        }
    }

    @Test
    void pagesCountsAndChoosesThoseWhomItMatches() {
        for (int i = 0; i < 5; i++) {
            person("p" + i, Map.of("number", i), "");
        }
        Audience audience = ruled("profile.attributes.number >= 2");
        List<ProfileId> all = audiences().members(audience, null, 10);

        assertThat(all).hasSize(3).isSortedAccordingTo(RuleCases.ORDER);
        assertThat(audiences().members(audience, all.getFirst(), 1)).containsExactly(all.get(1));
        assertThat(audiences().isEmpty(audience)).isFalse();
        assertThat(audiences().isEmpty(ruled("false"))).isTrue();
        assertThat(audiences().count(audience)).isEqualTo(3);
        assertThat(audiences().sample(audience, "email", 2).members()).isEqualTo(3);
        assertThat(audiences().sample(audience, "email", 2).chosen()).hasSize(2);
        assertThat(audiences().sample(ruled("false"), "email", 2).chosen()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void agreesWithCelAboutAnyRuleAndAnybody(long seed) {
        var random = new RandomRules(new SplittableRandom(seed));
        Audience readers = audience(workspace, "readers", "");
        var measure = new InMemoryAudiences(knownProfiles, knownConsents);
        measure.insert(readers);
        for (int i = 0; i < PEOPLE; i++) {
            Profile somebody = person("p" + i, random.attributes(), random.locale());
            random.consents()
                    .forEach((topic, state) -> consent(somebody, Channel.EMAIL, topic, state));
            if (random.isListed()) {
                audiences().add(readers.id(), List.of(somebody.id()));
                measure.add(readers.id(), List.of(somebody.id()));
            }
        }
        int telling = 0;
        for (int i = 0; i < RULES; i++) {
            String rule = random.rule();
            assertThat(rules().check(rule))
                    .as(rule)
                    .isInstanceOf(Check.Valid.class)
                    .isEqualTo(new InMemoryAudienceRules().check(rule));
            List<ProfileId> expected = measure.members(ruled(rule), null, PEOPLE);

            assertThat(audiences().members(ruled(rule), null, PEOPLE)).as(rule).isEqualTo(expected);
            telling += !expected.isEmpty() && expected.size() < PEOPLE ? 1 : 0;
        }
        assertThat(telling).as("rules that match some and not all").isGreaterThan(RULES / 3);
    }

    private List<String> matched(String rule) {
        assertThat(rules().check(rule)).as(rule).isInstanceOf(Check.Valid.class);
        List<ProfileId> ids = audiences().members(ruled(rule), null, 100);
        List<String> names =
                knownProfiles.of(workspace).stream()
                        .filter(profile -> ids.contains(profile.id()))
                        .map(profile -> profile.identities().getFirst().value())
                        .toList();
        assertThat(names).as("nobody of another workspace").hasSameSizeAs(ids);
        return names;
    }

    private Audience ruled(String rule) {
        return Audience.created(
                new AudienceId(UUID.randomUUID()),
                new AudienceName(workspace, "ruled"),
                new AudienceDefinition("", "", rule),
                NOON);
    }

    private Audience audience(WorkspaceId in, String id, String rule) {
        Audience audience =
                Audience.created(
                        new AudienceId(UUID.randomUUID()),
                        new AudienceName(in, id),
                        new AudienceDefinition("", "", rule),
                        NOON);
        assertThat(audiences().insert(audience)).isTrue();
        return audience;
    }

    private Profile profile(String name) {
        return knownProfiles.find(workspace, new Identity("crmId", name)).orElseThrow();
    }

    private Profile person(String name, Map<String, Object> attributes, String locale) {
        Profile profile =
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        workspace,
                        List.of(new Identity("crmId", name)),
                        new ProfileDetails(
                                new Attributes(attributes), List.of(), locale, "Europe/Vienna"),
                        NOON);
        givenProfile(profile);
        knownProfiles.insert(List.of(profile));
        return profile;
    }

    private void consent(
            Profile profile, @Nullable Channel channel, String topic, ConsentState state) {
        for (Consents all : new ArrayList<>(List.of(consents(), knownConsents))) {
            all.add(
                    new ConsentRecord(
                            new ConsentRecordId(UUID.randomUUID()),
                            workspace,
                            new ConsentSubject.OfProfile(profile.id()),
                            new ConsentLevel(channel, Purpose.MARKETING, topic),
                            state,
                            "",
                            "",
                            Actor.SYSTEM,
                            NOON,
                            NOON),
                    true);
        }
    }
}

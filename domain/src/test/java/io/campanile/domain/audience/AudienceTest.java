package io.campanile.domain.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.use.Uses;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class AudienceTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String RULE = "profile.locale == \"de\"";

    @Test
    void takesARuleWhileNobodyIsListed() {
        var ruled = new AudienceDefinition("", "", RULE);

        assertThat(updated(audience("readers", "", 0), ruled))
                .isInstanceOfSatisfying(
                        AudienceDecision.Changed.class,
                        changed -> {
                            assertThat(changed.audience().rule()).isEqualTo(RULE);
                            assertThat(changed.audience().version()).isEqualTo(2);
                        });
        assertThat(updated(audience("readers", "", 1), ruled))
                .isInstanceOfSatisfying(
                        AudienceDecision.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(AudienceDecision.Reason.AUDIENCE_HAS_MEMBERS));
    }

    @Test
    void takesNoRuleWhileARuleAsksWhoIsInIt() {
        var ruled = new AudienceDefinition("", "", RULE);
        List<AudienceName> askers = List.of(name("others"));

        assertAskedFor(updated(audience("readers", "", 0), ruled, askers));
        // One that has a rule is no list that anybody could lose.
        assertThat(updated(audience("readers", RULE, 0), ruled, askers))
                .isInstanceOf(AudienceDecision.Changed.class);
    }

    private static void assertAskedFor(AudienceDecision decision) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        AudienceDecision.Refused.class,
                        refused -> {
                            assertThat(refused.reason())
                                    .isEqualTo(AudienceDecision.Reason.AUDIENCE_IN_USE);
                            assertThat(refused.askers()).containsExactly(name("others"));
                        });
    }

    @Test
    void changesItsWordsWhoeverIsListed() {
        var words = new AudienceDefinition("Readers", "", "");

        assertThat(updated(audience("readers", "", 1), words))
                .isInstanceOf(AudienceDecision.Changed.class);
    }

    @Test
    void listsNobodyWhileARuleSaysWhoIsInIt() {
        assertThat(AudienceLifecycle.refusesMembers(audience("readers", RULE, 0)))
                .map(AudienceDecision.Refused::reason)
                .contains(AudienceDecision.Reason.AUDIENCE_HAS_RULE);
        assertThat(AudienceLifecycle.refusesMembers(audience("readers", "", 0))).isEmpty();
    }

    @Test
    void findsReferencesToWhatIsNoListOfOthers() {
        var missing = new MemberReference("missing", 1, 1);
        var ruled = new MemberReference("ruled", 2, 1);
        var listed = new MemberReference("listed", 3, 1);
        var itself = new MemberReference("itself", 4, 1);
        List<Audience> existing =
                List.of(
                        audience("ruled", RULE, 0),
                        audience("listed", "", 0),
                        audience("itself", "", 0));

        assertThat(
                        MemberReference.dangling(
                                List.of(missing, ruled, listed, itself), name("itself"), existing))
                .containsExactly(missing, ruled, itself);
        assertThat(missing.problem())
                .hasToString(
                        "line 1, column 1: There is no audience missing of listed members in this"
                                + " workspace.");
    }

    @Test
    void staysWhileARuleAsksWhoIsInIt() {
        assertAskedFor(deleted(audience("readers", "", 1), List.of(name("others"))));
        assertThat(deleted(audience("readers", "", 1), List.of()))
                .isEqualTo(new AudienceDecision.Deleted());
    }

    private static AudienceDecision updated(Audience audience, AudienceDefinition definition) {
        return updated(audience, definition, List.of());
    }

    private static AudienceDecision updated(
            Audience audience, AudienceDefinition definition, List<AudienceName> askers) {
        return AudienceLifecycle.update(audience, audience.edited(definition), () -> askers, NOON);
    }

    private static AudienceDecision deleted(Audience audience, List<AudienceName> askers) {
        return AudienceLifecycle.delete(audience, Uses.NONE, askers);
    }

    private static AudienceName name(String id) {
        return new AudienceName(WorkspaceId.DEFAULT, id);
    }

    private static Audience audience(String id, String rule, long members) {
        return new Audience(
                new AudienceId(new UUID(0, 1)),
                name(id),
                new AudienceDefinition("", "", rule),
                members,
                1,
                NOON,
                NOON);
    }
}

package io.campanile.application.audience;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.application.access.ChangeCall;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDecision;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.MemberReference;
import io.campanile.domain.audience.ReviewedAudience;
import io.campanile.domain.audience.RuleProblem;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;
import io.campanile.domain.use.CampaignUse;
import io.campanile.domain.use.CampaignUse.Tie;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudienceRules;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

class AudienceReviewTest {
    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);
    private static final ChangeCall VALIDATION = new ChangeCall(Actor.SYSTEM, null, null, true);
    private static final AudienceName READERS = new AudienceName(WorkspaceId.DEFAULT, "readers");
    private static final AudienceName GOLD = new AudienceName(WorkspaceId.DEFAULT, "gold");
    private static final AudienceName RULED = new AudienceName(WorkspaceId.DEFAULT, "ruled");

    private final InMemoryWorkspaces workspaces = new InMemoryWorkspaces();
    private final InMemoryAudiences audiences = new InMemoryAudiences(new InMemoryProfiles());
    private final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    private final AudienceReview review =
            new AudienceReview(audiences, new InMemoryAudienceRules(), workspaces);
    private final ManageAudiences manage =
            new ManageAudiences(
                    audiences,
                    campaigns,
                    review,
                    InMemoryChanges.at(new SettableTime(Instant.parse("2026-03-01T12:00:00Z"))));

    @BeforeEach
    void setTheScene() {
        manage.create(READERS, new AudienceDefinition("", "", ""), CALL);
        manage.create(RULED, new AudienceDefinition("", "", "member('readers')"), CALL);
    }

    private ReviewedAudience reviewed() {
        return review.review(RULED).orElseThrow();
    }

    @Test
    void findsAListWithNobodyAndAsksNoRule() {
        assertThat(review.review(READERS).orElseThrow().isEmpty()).isTrue();
        assertThat(reviewed().isEmpty()).isFalse();
        assertThat(reviewed().dangling()).isEmpty();
        assertThat(review.review(new AudienceName(WorkspaceId.DEFAULT, "nothing"))).isEmpty();
    }

    @Test
    void findsThatAnAudienceOfItsRuleIsGone() {
        audiences.delete(audiences.find(READERS).orElseThrow().id());

        assertThat(reviewed().dangling()).containsExactly(new MemberReference("readers", 1, 7));
    }

    @Test
    void deletesNoAudienceThatARuleAsksFor() {
        manage.create(
                GOLD, new AudienceDefinition("", "", "profile.attributes.plan == 'readers'"), CALL);

        assertThat(manage.delete(READERS, CALL))
                .isInstanceOfSatisfying(
                        AudienceResult.Refused.class,
                        refused -> {
                            assertThat(refused.refusal().reason())
                                    .isEqualTo(AudienceDecision.Reason.AUDIENCE_IN_USE);
                            assertThat(refused.refusal().askers()).containsExactly(RULED);
                        });
        assertThat(audiences.find(READERS)).isPresent();

        manage.delete(RULED, CALL);
        assertThat(manage.delete(READERS, CALL)).isInstanceOf(AudienceResult.Done.class);
    }

    @Test
    void givesNoRuleToAnAudienceThatARuleAsksFor() {
        assertThat(manage.update(READERS, AudienceReviewTest::ruled, VALIDATION))
                .isInstanceOfSatisfying(
                        AudienceResult.Refused.class,
                        refused -> assertThat(refused.refusal().askers()).containsExactly(RULED));

        manage.delete(RULED, CALL);
        assertThat(manage.update(READERS, AudienceReviewTest::ruled, CALL))
                .isInstanceOf(AudienceResult.Done.class);
    }

    private static AudienceDefinition ruled(AudienceDefinition before) {
        return new AudienceDefinition(
                before.displayName(), before.description(), "profile.attributes.plan == 'gold'");
    }

    @Test
    void deletesNoAudienceThatACampaignNames() {
        Campaign.Draft draft = aCampaign().to("ruled").draft();
        campaigns.insert(draft);

        assertThat(manage.delete(RULED, VALIDATION))
                .isInstanceOfSatisfying(
                        AudienceResult.Refused.class,
                        refused ->
                                assertThat(refused.refusal().uses().all())
                                        .containsExactly(
                                                new CampaignUse(
                                                        draft.name().campaign(), Tie.DRAFT)));

        campaigns.delete(draft.id());
        assertThat(manage.delete(RULED, CALL)).isInstanceOf(AudienceResult.Done.class);
    }

    @Test
    void findsThatAnAudienceOfItsRuleHasARuleByNow() {
        Audience readers = audiences.find(READERS).orElseThrow();
        audiences.update(readers.edited(new AudienceDefinition("", "", "true")));

        assertThat(reviewed().dangling()).hasSize(1);
    }

    @Test
    void saysWhereARuleDisagreesWithTheSchemaAndWhereItLeadsNowhere() {
        given(new AttributeDefinition("plan", AttributeType.STRING));
        String rule =
                "profile.attributes.plan == 1\n|| member('gone') || has(profile.attributes.x)";

        assertThat(manage.create(GOLD, new AudienceDefinition("", "", rule), CALL))
                .isInstanceOfSatisfying(
                        AudienceResult.RuleInvalid.class,
                        invalid ->
                                assertThat(invalid.problems())
                                        .extracting(RuleProblem::line, RuleProblem::column)
                                        .containsExactly(tuple(1, 19), tuple(2, 10), tuple(2, 25)));
    }

    @Test
    void letsARuleBeThatIsOlderThanTheSchema() {
        String rule = "profile.attributes.plan == 1";
        manage.create(GOLD, new AudienceDefinition("", "", rule), CALL);
        given(new AttributeDefinition("plan", AttributeType.STRING));

        assertThat(review.review(GOLD).orElseThrow().dangling()).isEmpty();
        assertThat(manage.update(GOLD, _ -> new AudienceDefinition("Gold", "", rule), CALL))
                .isInstanceOf(AudienceResult.Done.class);
        assertThat(manage.update(GOLD, _ -> new AudienceDefinition("", "", rule + " "), CALL))
                .isInstanceOf(AudienceResult.RuleInvalid.class);
    }

    private void given(AttributeDefinition... definitions) {
        workspaces.update(
                new Workspace(
                        WorkspaceId.DEFAULT,
                        "",
                        Instant.EPOCH,
                        false,
                        false,
                        ZoneId.of("UTC"),
                        "",
                        new AttributeSchema(List.of(definitions), true)));
    }

    @Test
    void letsTheWordsBeChangedWhateverBecameOfTheRule() {
        audiences.delete(audiences.find(READERS).orElseThrow().id());

        assertThat(
                        manage.update(
                                RULED,
                                known -> new AudienceDefinition("Ruled", "", known.rule()),
                                CALL))
                .isInstanceOf(AudienceResult.Done.class);
        assertThat(
                        manage.update(
                                RULED,
                                _ -> new AudienceDefinition("", "", "!member('readers')"),
                                CALL))
                .isInstanceOf(AudienceResult.RuleInvalid.class);
    }
}

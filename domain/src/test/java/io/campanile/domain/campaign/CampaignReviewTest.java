package io.campanile.domain.campaign;

import static io.campanile.domain.campaign.DefinitionBuilder.aDefinition;
import static io.campanile.domain.channel.ConfigurationBuilder.aConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.MemberReference;
import io.campanile.domain.audience.ReviewedAudience;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfiguration.State;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.Finding;
import io.campanile.domain.content.Finding.Code;
import io.campanile.domain.content.HtmlLink;
import io.campanile.domain.content.TemplateNode;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetDefinition;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class CampaignReviewTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void findsWhatIsMissing() {
        assertThat(errors(aDefinition().over("").saying(EmailContent.NONE)))
                .contains(Code.CHANNEL_CONFIGURATION_MISSING, Code.SUBJECT_EMPTY, Code.BODY_EMPTY);
    }

    @Test
    void findsAChannelConfigurationThatIsNotThere() {
        assertThat(errors(aDefinition().over("nobodys")))
                .containsExactly(Code.CHANNEL_CONFIGURATION_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSACTIONAL, ACTIVE, TRANSACTIONAL, '', ",
        "MARKETING, ACTIVE, MARKETING, https://example.com/out, ",
        "TRANSACTIONAL, DRAFT, TRANSACTIONAL, '', CHANNEL_CONFIGURATION_INACTIVE",
        "TRANSACTIONAL, PAUSED, TRANSACTIONAL, '', CHANNEL_CONFIGURATION_INACTIVE",
        "TRANSACTIONAL, INACTIVE, TRANSACTIONAL, '', CHANNEL_CONFIGURATION_INACTIVE",
        "TRANSACTIONAL, ACTIVE, MARKETING, '', CHANNEL_CONFIGURATION_CATEGORY",
        "MARKETING, ACTIVE, TRANSACTIONAL, https://example.com/out, CHANNEL_CONFIGURATION_CATEGORY",
        "MARKETING, ACTIVE, MARKETING, '', UNSUBSCRIBE_URL_MISSING",
    })
    void findsAChannelConfigurationThatCannotServe(
            Category category,
            State state,
            Category served,
            String unsubscribeUrl,
            @Nullable Code code) {
        ChannelConfiguration configuration =
                aConfiguration().category(served).unsubscribingAt(unsubscribeUrl).in(state).build();

        List<Finding> findings = review(category, aDefinition(), configuration, null);

        assertThat(findings)
                .filteredOn(finding -> finding.place().equals("channel_configuration"))
                .filteredOn(Finding::isError)
                .extracting(Finding::code)
                .isEqualTo(code == null ? List.of() : List.of(code));
    }

    @Test
    void warnsOfMarketingWithoutOneClickUnsubscribe() {
        var marketing =
                aConfiguration()
                        .category(Category.MARKETING)
                        .unsubscribingAt("https://example.com/out");

        assertThat(review(Category.MARKETING, aDefinition(), marketing.build(), null))
                .filteredOn(finding -> finding.code() == Code.ONE_CLICK_UNSUBSCRIBE_MISSING)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isError()).isFalse();
                    assertThat(finding.place()).isEqualTo("channel_configuration");
                });
        assertThat(codes(Category.MARKETING, marketing.withOneClick().build()))
                .doesNotContain(Code.ONE_CLICK_UNSUBSCRIBE_MISSING);
        assertThat(codes(Category.TRANSACTIONAL, aConfiguration().build()))
                .doesNotContain(Code.ONE_CLICK_UNSUBSCRIBE_MISSING);
    }

    private static List<Code> codes(Category category, ChannelConfiguration configuration) {
        return review(category, aDefinition(), configuration, null).stream()
                .map(Finding::code)
                .toList();
    }

    @Test
    void findsSchedulesThatCannotBe() {
        assertThat(errors(aDefinition().during(new Schedule(NOON, NOON))))
                .contains(Code.SCHEDULE_REVERSED);
        assertThat(errors(aDefinition().during(new Schedule(null, NOON))))
                .contains(Code.END_TIME_PASSED);
    }

    @Test
    void findsRuleSetsOfATransactionalCampaignOnly() {
        assertThat(ruleSetErrors(Category.TRANSACTIONAL, List.of()))
                .containsExactly(Code.RULE_SET_TRANSACTIONAL);
        assertThat(ruleSetErrors(Category.MARKETING, List.of()))
                .containsExactly(Code.RULE_SET_UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(RuleSet.State.class)
    void findsTheNamedRuleSetUnlessItIsActive(RuleSet.State state) {
        boolean active = state == RuleSet.State.ACTIVE;
        List<RuleSet> existing =
                List.of(
                        ruleSet("hourly", active ? RuleSet.State.DRAFT : RuleSet.State.ACTIVE),
                        ruleSet("daily", state));

        assertThat(ruleSetErrors(Category.MARKETING, existing))
                .isEqualTo(active ? List.of() : List.of(Code.RULE_SET_INACTIVE));
    }

    @ParameterizedTest
    @EnumSource(ProfileLookup.class)
    void findsThatMarketingLooksUpNobody(ProfileLookup lookup) {
        DefinitionBuilder definition = aDefinition().lookingUp(lookup);

        assertThat(
                        review(Category.MARKETING, definition).stream()
                                .filter(Finding::isError)
                                .map(Finding::code)
                                .anyMatch(Code.PROFILE_LOOKUP_NONE::equals))
                .isEqualTo(lookup == ProfileLookup.NONE);
        assertThat(errors(definition)).doesNotContain(Code.PROFILE_LOOKUP_NONE);
    }

    @Test
    void findsThatMarketingSaysNowhereHowToGetNoMore() {
        assertThat(review(Category.MARKETING, aDefinition()))
                .extracting(Finding::code)
                .contains(Code.UNSUBSCRIBE_LINK_MISSING);
        assertThat(review(Category.TRANSACTIONAL, aDefinition()))
                .extracting(Finding::code)
                .doesNotContain(Code.UNSUBSCRIBE_LINK_MISSING);
    }

    @Test
    void findsLinksThatLeadNowhere() {
        var nowhere = new HtmlLink("a", "", true, new TemplateNode.Position(1, 1));

        assertThat(
                        CampaignReview.of(
                                Category.TRANSACTIONAL,
                                aDefinition().build(),
                                null,
                                List.of(),
                                null,
                                AttributeSchema.NONE,
                                _ -> List.of(nowhere),
                                NOON))
                .extracting(Finding::code)
                .contains(Code.LINK_WITHOUT_TARGET);
    }

    @Test
    void findsWhatHighThroughputDoesWithout() {
        var plain = new EmailContent("Hello", "", "", "Hello", "");
        var greeting = new EmailContent("Hello {{profile.name}}", "", "", "Hello", "");

        assertThat(highThroughputErrors(Category.TRANSACTIONAL, ProfileLookup.NONE, plain))
                .isEmpty();
        assertThat(highThroughputErrors(Category.MARKETING, ProfileLookup.IF_KNOWN, plain))
                .containsExactly(
                        Code.HIGH_THROUGHPUT_MARKETING, Code.HIGH_THROUGHPUT_PROFILE_LOOKUP);
        assertThat(highThroughputErrors(Category.TRANSACTIONAL, ProfileLookup.NONE, greeting))
                .containsExactly(Code.HIGH_THROUGHPUT_PROFILE_VARIABLE);
    }

    private static List<Code> highThroughputErrors(
            Category category, ProfileLookup lookup, EmailContent content) {
        var definition =
                aDefinition()
                        .lookingUp(lookup)
                        .delivered(DeliveryMode.HIGH_THROUGHPUT)
                        .saying(content);
        return review(category, definition).stream()
                .map(Finding::code)
                .filter(code -> code.name().startsWith("HIGH_THROUGHPUT"))
                .toList();
    }

    private static RuleSet ruleSet(String name, RuleSet.State state) {
        return new RuleSet(
                new RuleSetId(new UUID(0, name.hashCode())),
                new RuleSetName(WorkspaceId.DEFAULT, name),
                new RuleSetDefinition("", RuleSet.Scope.NAMING_CAMPAIGNS, List.of(), List.of()),
                state,
                1,
                NOON,
                NOON);
    }

    private static List<Code> ruleSetErrors(Category category, List<RuleSet> existing) {
        return review(category, aDefinition().under("daily"), null, existing, null).stream()
                .filter(finding -> finding.place().equals("rule_sets"))
                .map(Finding::code)
                .toList();
    }

    @Test
    void findsAnAudienceThatIsGoneOrOfNoUse() {
        assertThat(audienceFindings(Category.MARKETING, "", null))
                .containsExactly(Code.AUDIENCE_MISSING);
        assertThat(audienceFindings(Category.TRANSACTIONAL, "", null)).isEmpty();
        assertThat(audienceFindings(Category.MARKETING, "readers", null))
                .containsExactly(Code.AUDIENCE_UNKNOWN);
        assertThat(audienceFindings(Category.MARKETING, "readers", audience(0)))
                .containsExactly(Code.AUDIENCE_EMPTY);
        assertThat(audienceFindings(Category.MARKETING, "readers", audience(1))).isEmpty();
        assertThat(audienceFindings(Category.TRANSACTIONAL, "readers", audience(1)))
                .containsExactly(Code.AUDIENCE_TRANSACTIONAL);
    }

    @Test
    void letsAnEmptyAudienceGoLiveAndNone() {
        assertThat(audienceReview(Category.MARKETING, "", null))
                .filteredOn(finding -> finding.place().equals("audience"))
                .noneMatch(Finding::isError);
        assertThat(audienceReview(Category.MARKETING, "readers", audience(0)))
                .filteredOn(finding -> finding.place().equals("audience"))
                .noneMatch(Finding::isError);
    }

    private static List<Code> audienceFindings(
            Category category, String named, @Nullable ReviewedAudience audience) {
        return audienceReview(category, named, audience).stream()
                .filter(finding -> finding.place().equals("audience"))
                .map(Finding::code)
                .toList();
    }

    private static List<Finding> audienceReview(
            Category category, String named, @Nullable ReviewedAudience audience) {
        return review(category, aDefinition().to(named), null, audience);
    }

    @Test
    void findsARuleThatAsksForNobodysMembers() {
        var byRule =
                new ReviewedAudience(
                        listed("member(\"gone\")", 0),
                        false,
                        List.of(new MemberReference("gone", 1, 1)));

        assertThat(audienceFindings(Category.MARKETING, "readers", byRule))
                .containsExactly(Code.AUDIENCE_REFERENCE_UNKNOWN);
        assertThat(audienceReview(Category.MARKETING, "readers", byRule))
                .filteredOn(finding -> finding.place().equals("audience"))
                .noneMatch(Finding::isError);
    }

    private static ReviewedAudience audience(long members) {
        return new ReviewedAudience(listed("", members), members == 0, List.of());
    }

    private static Audience listed(String rule, long members) {
        return new Audience(
                new AudienceId(new UUID(0, 1)),
                new AudienceName(WorkspaceId.DEFAULT, "readers"),
                new AudienceDefinition("", "", rule),
                members,
                1,
                NOON,
                NOON);
    }

    private static List<Code> errors(DefinitionBuilder definition) {
        return review(Category.TRANSACTIONAL, definition).stream()
                .filter(Finding::isError)
                .map(Finding::code)
                .toList();
    }

    private static List<Finding> review(Category category, DefinitionBuilder definition) {
        return review(category, definition, null, null);
    }

    private static List<Finding> review(
            Category category,
            DefinitionBuilder definition,
            @Nullable ChannelConfiguration configuration,
            @Nullable ReviewedAudience audience) {
        return review(category, definition, configuration, List.of(), audience);
    }

    private static List<Finding> review(
            Category category,
            DefinitionBuilder definition,
            @Nullable ChannelConfiguration configuration,
            List<RuleSet> ruleSets,
            @Nullable ReviewedAudience audience) {
        return CampaignReview.of(
                category,
                definition.build(),
                configuration,
                ruleSets,
                audience,
                AttributeSchema.NONE,
                _ -> List.of(),
                NOON);
    }
}

package io.campanile.application.eligibility;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;
import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.audience.AudienceReview;
import io.campanile.application.audience.AudienceTooSlow;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.campaign.ReviewCampaign;
import io.campanile.application.eligibility.EstimateAudience.Result;
import io.campanile.application.share.LongCalls;
import io.campanile.application.store.StatementTooSlow;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.Finding;
import io.campanile.domain.content.Finding.Code;
import io.campanile.domain.eligibility.AudienceEstimate;
import io.campanile.domain.eligibility.AudienceEstimate.Excluded;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudienceRules;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.content.InMemoryHtmlReader;
import io.campanile.testkit.eligibility.InMemoryFactSource;
import io.campanile.testkit.eligibility.InMemoryRuleSource;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.ruleset.InMemoryRuleSets;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemorySuppressions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class EstimateAudienceTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final AudienceName GOLD = new AudienceName(WorkspaceId.DEFAULT, "gold");

    private static final EmailContent NEWS =
            new EmailContent(
                    "News",
                    "",
                    "<a href=\"{{links.unsubscribe}}\">No more</a>",
                    "No more: {{links.unsubscribe}}",
                    "");

    private final SettableTime clock = new SettableTime(NOON);
    private final InMemoryProfiles profiles = new InMemoryProfiles();
    private final InMemoryConsents consents = new InMemoryConsents();
    private final InMemoryWorkspaces workspaces = new InMemoryWorkspaces();
    private final InMemoryRuleSets ruleSets = new InMemoryRuleSets();
    private final InMemoryAudiences audiences = new InMemoryAudiences(profiles, consents);
    private final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    private final InMemoryChannelConfigurations configurations =
            new InMemoryChannelConfigurations();
    private final AudienceForecast forecast =
            new AudienceForecast(
                    audiences,
                    new DecideRecipients(
                            new InMemoryFactSource(
                                    workspaces,
                                    profiles,
                                    consents,
                                    new InMemorySuppressions(),
                                    new InMemoryAllowedEntries(),
                                    InMemoryKeptKeys.pseudonyms()),
                            new InMemoryRuleSource(
                                    ruleSets,
                                    workspaces,
                                    profiles,
                                    new InMemoryStore(clock).reservations())),
                    clock);
    private final EstimateAudience estimates =
            new EstimateAudience(
                    audiences,
                    new CampaignSnapshots(
                            campaigns, configurations, workspaces, new InMemoryChangeSignal()),
                    forecast,
                    LongCalls.ofReaders());

    @BeforeEach
    void setTheScene() {
        configurations.insert(aChannelConfiguration().serving(Category.MARKETING).build());
        audiences.insert(
                Audience.created(
                        new AudienceId(new UUID(0, 7)),
                        GOLD,
                        new AudienceDefinition("", "", "profile.attributes.plan == \"gold\""),
                        NOON));
    }

    @Test
    void countsWithoutACampaign() {
        people(3, "email");

        assertThat(estimates.estimate(GOLD, null))
                .isEqualTo(new Result.Estimated(AudienceEstimate.ofNobody(3)));
    }

    @Test
    void decidesAboutEverybodyWhenTheyAreFew() {
        people(2, "email");
        people(1, "crmId");

        assertThat(estimated(live(marketing())))
                .isEqualTo(
                        new AudienceEstimate(
                                3,
                                3,
                                0,
                                0,
                                List.of(
                                        new Excluded(Reason.CONSENT_DENIED, 2),
                                        new Excluded(Reason.ADDRESS_MISSING, 1))));
    }

    @Test
    void looksForAddressesWhereTheChannelConfigurationSays() {
        configurations.insert(
                aChannelConfiguration()
                        .named("office")
                        .serving(Category.MARKETING)
                        .writingTo("plan")
                        .build());
        people(2, "crmId");

        assertThat(estimated(live(marketing().over("office"))).excluded())
                .containsExactly(new Excluded(Reason.ADDRESS_MALFORMED, 2));
    }

    @Test
    void decidesAboutAThousandOfManyAndScales() {
        people(1_500, "email");
        people(1_500, "crmId");

        AudienceEstimate estimate = estimated(live(marketing()));

        assertThat(estimate.members()).isEqualTo(3_000);
        assertThat(estimate.sample()).isEqualTo(1_000);
        assertThat(estimate.excluded())
                .extracting(Excluded::count)
                .allMatch(count -> count > 1_000);
        assertThat(estimate.excluded().stream().mapToLong(Excluded::count).sum()).isEqualTo(3_000);
    }

    @Test
    void needsALiveMarketingCampaign() {
        CampaignName unknown = new CampaignName(WorkspaceId.DEFAULT, "unknown");
        assertThat(estimates.estimate(GOLD, unknown))
                .isEqualTo(new Result.CampaignUnknown(unknown));

        CampaignBuilder draft = marketing().named("draft");
        campaigns.insert(draft.draft());
        assertThat(estimates.estimate(GOLD, draft.name()))
                .isEqualTo(new Result.CampaignNeverActivated(draft.name()));

        CampaignName receipt = live(aCampaign());
        assertThat(estimates.estimate(GOLD, receipt)).isEqualTo(new Result.Transactional(receipt));
    }

    @Test
    void needsAnAudience() {
        var nobodys = new AudienceName(WorkspaceId.DEFAULT, "nobodys");

        assertThat(estimates.estimate(nobodys, null))
                .isEqualTo(new Result.AudienceUnknown(nobodys));
    }

    @Test
    void excludesWhomQuietHoursKeepWaitingUntilTheMessageHasExpired() {
        workspaces.insert(new Workspace(WorkspaceId.DEFAULT, "Default", NOON, true, false));
        ruleSets.insert(aRuleSet().quiet("11:00", "10:00", QuietHours.Behaviour.QUEUE).build());
        configurations.insert(
                aChannelConfiguration()
                        .named("brief")
                        .serving(Category.MARKETING)
                        .retryWindow(Duration.ofHours(6))
                        .build());
        people(2, "email");

        assertThat(estimated(live(marketing())).deferred()).isEqualTo(2);
        assertThat(estimated(live(marketing().named("brief").over("brief"))).excluded())
                .containsExactly(new Excluded(Reason.QUIET_HOURS, 2));
    }

    @Test
    void reviewsFindAnAudienceOfWhomNobodyWouldBeWrittenTo() {
        CampaignBuilder news = marketing().to("gold").saying(NEWS);
        campaigns.insert(news.draft());
        assertThat(reviewed(news.name())).contains(Code.AUDIENCE_EMPTY);
        assertThat(reviewed(news.name())).doesNotContain(Code.AUDIENCE_UNREACHED);
        assertThat(reviews().review(news.name()).orElseThrow().findings())
                .as("activation asks no rule")
                .extracting(Finding::code)
                .doesNotContain(Code.AUDIENCE_EMPTY);

        people(2, "email");
        assertThat(reviewed(news.name()))
                .contains(Code.AUDIENCE_UNREACHED)
                .doesNotContain(Code.AUDIENCE_EMPTY);

        CampaignBuilder faulty = marketing().named("faulty").to("gold");
        campaigns.insert(faulty.draft());
        assertThat(reviewed(faulty.name()))
                .contains(Code.UNSUBSCRIBE_LINK_MISSING)
                .doesNotContain(Code.AUDIENCE_UNREACHED);
    }

    @Test
    void saysThatARuleIsTooSlowAndOfAListOnlyThatItWasHeldUp() {
        CampaignBuilder news = marketing().to("gold").saying(NEWS);
        CampaignName live = live(news);
        var listed = new AudienceName(WorkspaceId.DEFAULT, "listed");
        audiences.insert(
                Audience.created(
                        new AudienceId(new UUID(0, 8)),
                        listed,
                        new AudienceDefinition("", "", ""),
                        NOON));
        audiences.beTooSlow();

        assertThatThrownBy(() -> estimates.estimate(GOLD, null))
                .isInstanceOfSatisfying(
                        AudienceTooSlow.class, slow -> assertThat(slow.audience()).isEqualTo(GOLD));
        assertThatThrownBy(() -> estimates.estimate(GOLD, live))
                .isInstanceOf(AudienceTooSlow.class);
        assertThatThrownBy(() -> reviewed(live)).isInstanceOf(AudienceTooSlow.class);
        CampaignBuilder faulty = marketing().named("faulty").to("gold");
        campaigns.insert(faulty.draft());
        assertThat(reviewed(faulty.name()))
                .as("errors are told without asking the rule")
                .contains(Code.UNSUBSCRIBE_LINK_MISSING);
        assertThatThrownBy(() -> estimates.estimate(listed, null))
                .isInstanceOf(StatementTooSlow.class);
    }

    private List<Code> reviewed(CampaignName campaign) {
        return new ReviewReach(reviews(), forecast, LongCalls.ofReaders())
                .review(campaign).orElseThrow().stream().map(Finding::code).toList();
    }

    private ReviewCampaign reviews() {
        return new ReviewCampaign(
                campaigns,
                configurations,
                ruleSets,
                new AudienceReview(audiences, new InMemoryAudienceRules(), workspaces),
                workspaces,
                new InMemoryHtmlReader(),
                clock);
    }

    private AudienceEstimate estimated(CampaignName campaign) {
        return ((Result.Estimated) estimates.estimate(GOLD, campaign)).estimate();
    }

    private static CampaignBuilder marketing() {
        return aCampaign().category(Category.MARKETING).named("news");
    }

    private CampaignName live(CampaignBuilder builder) {
        var campaign = builder.live();
        campaigns.insert(builder.draft());
        campaigns.addRevision(campaign.id(), campaign.live());
        campaigns.update(campaign);
        return builder.name();
    }

    private void people(int count, String namespace) {
        for (int i = 0; i < count; i++) {
            profiles.insert(
                    Profile.created(
                            new ProfileId(UUID.randomUUID()),
                            WorkspaceId.DEFAULT,
                            List.of(new Identity(namespace, "p" + i + "@example.com")),
                            new ProfileDetails(
                                    new Attributes(Map.of("plan", "gold")), List.of(), "", ""),
                            NOON));
        }
    }
}

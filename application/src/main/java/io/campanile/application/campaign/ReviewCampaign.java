package io.campanile.application.campaign;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.audience.AudienceReview;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.content.port.HtmlReader;
import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.ReviewedAudience;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.CampaignReview;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.content.ContentReview;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.Finding;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetName;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Says what is wrong with a campaign, and what its triggers must carry. Changes nothing.
/// Thread-safe.
public final class ReviewCampaign {
    private final Campaigns campaigns;
    private final ChannelConfigurations configurations;
    private final RuleSets ruleSets;
    private final AudienceReview audiences;
    private final Workspaces workspaces;
    private final HtmlReader html;
    private final InstantSource clock;

    public ReviewCampaign(
            Campaigns campaigns,
            ChannelConfigurations configurations,
            RuleSets ruleSets,
            AudienceReview audiences,
            Workspaces workspaces,
            HtmlReader html,
            InstantSource clock) {
        this.campaigns = campaigns;
        this.configurations = configurations;
        this.ruleSets = ruleSets;
        this.audiences = audiences;
        this.workspaces = workspaces;
        this.html = html;
        this.clock = clock;
    }

    /// A campaign with what was looked at.
    ///
    /// @param definition the draft's, or without one the live one
    /// @param configuration absent when it names none that exists
    /// @param audience absent when it names none that exists
    public record Reviewed(
            Campaign campaign,
            CampaignDefinition definition,
            @Nullable ChannelConfiguration configuration,
            @Nullable ReviewedAudience audience,
            List<Finding> findings) {
        public Reviewed {
            findings = List.copyOf(findings);
        }
    }

    /// How what a campaign names is read.
    private record Named(
            Function<ChannelConfigurationName, Optional<ChannelConfiguration>> configurations,
            Function<RuleSetName, Optional<RuleSet>> ruleSets,
            Function<AudienceName, Optional<ReviewedAudience>> audiences) {}

    /// The findings about the campaign's draft, or without one about what is live; nothing when
    /// there is no such campaign.
    public Optional<Reviewed> review(CampaignName name) {
        var named = new Named(configurations::find, ruleSets::find, audiences::review);
        return campaigns
                .find(name)
                .map(campaign -> review(campaign, campaign.newest(), named, clock.instant()));
    }

    /// What the contract of a campaign came to.
    public sealed interface ContractResult {
        /// The contract of a definition.
        ///
        /// @param revision the live one, if that is what was asked for
        record Found(
                Campaign campaign,
                CampaignDefinition definition,
                OptionalInt revision,
                Contract contract)
                implements ContractResult {}

        record NotFound() implements ContractResult {}

        /// There is nothing but what is live.
        record DraftMissing() implements ContractResult {}

        /// The content does not compile.
        record Invalid(List<Finding> findings) implements ContractResult {}
    }

    /// What a trigger must carry now, which before the first activation is what it would.
    ///
    /// @param ofDraft what it will have to carry once the draft is live
    public ContractResult contract(CampaignName name, boolean ofDraft) {
        return campaigns
                .find(name)
                .map(campaign -> ofDraft ? contractOfDraft(campaign) : contractInForce(campaign))
                .orElseGet(ContractResult.NotFound::new);
    }

    /// The findings about a definition that is to go live in the running transaction: what it names
    /// stays as it is until that has ended, so that nobody deactivates or deletes it in the
    /// meantime.
    List<Finding> findings(Campaign campaign, CampaignDefinition definition, Instant now) {
        var named = new Named(configurations::share, ruleSets::share, audiences::reviewShared);
        return review(campaign, definition, named, now).findings();
    }

    private Reviewed review(
            Campaign campaign, CampaignDefinition definition, Named named, Instant now) {
        ChannelConfiguration configuration = configuration(campaign, definition, named);
        ReviewedAudience audience = audience(campaign, definition, named);
        List<Finding> findings =
                CampaignReview.of(
                        campaign.header().category(),
                        definition,
                        configuration,
                        ruleSets(campaign, definition, named),
                        audience,
                        workspaces.attributeSchema(campaign.name().workspace()),
                        html::links,
                        now);
        return new Reviewed(campaign, definition, configuration, audience, findings);
    }

    private static List<RuleSet> ruleSets(
            Campaign campaign, CampaignDefinition definition, Named named) {
        return definition.ruleSets().stream()
                .map(name -> new RuleSetName(campaign.name().workspace(), name))
                .flatMap(name -> named.ruleSets().apply(name).stream())
                .toList();
    }

    private static @Nullable ChannelConfiguration configuration(
            Campaign campaign, CampaignDefinition definition, Named named) {
        return definition.channelConfiguration().isEmpty()
                ? null
                : named.configurations()
                        .apply(
                                new ChannelConfigurationName(
                                        campaign.name().workspace(),
                                        definition.channelConfiguration()))
                        .orElse(null);
    }

    private static @Nullable ReviewedAudience audience(
            Campaign campaign, CampaignDefinition definition, Named named) {
        return definition
                .audienceIn(campaign.name().workspace())
                .flatMap(named.audiences())
                .orElse(null);
    }

    private static ContractResult contractOfDraft(Campaign campaign) {
        CampaignDefinition draft = campaign.draft();
        return draft == null
                ? new ContractResult.DraftMissing()
                : contract(campaign, draft, OptionalInt.empty());
    }

    private static ContractResult contractInForce(Campaign campaign) {
        OptionalInt revision =
                campaign instanceof Campaign.Activated activated
                        ? OptionalInt.of(activated.live().number())
                        : OptionalInt.empty();
        return contract(campaign, campaign.inForce(), revision);
    }

    private static ContractResult contract(
            Campaign campaign, CampaignDefinition definition, OptionalInt revision) {
        List<Finding> errors =
                ContentReview.of(definition.content(), definition.fields()).stream()
                        .filter(finding ->
                                finding.code() == Finding.Code.TEMPLATE_INVALID
                                        || finding.code() == Finding.Code.FIELD_DECLARATION_INVALID)
                        .filter(Finding::isError)
                        .toList();
        return errors.isEmpty()
                ? new ContractResult.Found(
                        campaign,
                        definition,
                        revision,
                        Contract.of(definition.content(), definition.fields()))
                : new ContractResult.Invalid(errors);
    }
}

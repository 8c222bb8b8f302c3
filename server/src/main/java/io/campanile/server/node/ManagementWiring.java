package io.campanile.server.node;

import io.campanile.application.access.Authenticate;
import io.campanile.application.access.Changes;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.audience.AudienceReview;
import io.campanile.application.audience.ManageAudiences;
import io.campanile.application.campaign.AdvanceCampaigns;
import io.campanile.application.campaign.CampaignChanges;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.campaign.ChangeCampaignState;
import io.campanile.application.campaign.ManageCampaigns;
import io.campanile.application.campaign.ReviewCampaign;
import io.campanile.application.channel.ManageChannelConfigurations;
import io.campanile.application.consent.ConfirmConsent;
import io.campanile.application.consent.FormerDenials;
import io.campanile.application.consent.FormerNames;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.TokenKey;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.erasure.AddressAttributes;
import io.campanile.application.erasure.EraseProfile;
import io.campanile.application.erasure.ExportProfile;
import io.campanile.application.erasure.Pseudonyms;
import io.campanile.application.merge.MergeProfiles;
import io.campanile.application.profile.ImportProfiles;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.ruleset.ManageRuleSets;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.application.suppression.ImportAllowedEntries;
import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.channels.content.JsoupHtmlReader;

import java.time.Duration;

/// What people do with campaigns, channel configurations and access.
record ManagementWiring(
        CampaignSnapshots snapshots,
        Authenticate authenticate,
        ManageAccess access,
        ManageCampaigns campaigns,
        ChangeCampaignState campaignStates,
        ReviewCampaign reviews,
        ManageChannelConfigurations configurations,
        ManageProfiles profiles,
        ImportProfiles profileImports,
        ManageSuppressions suppressions,
        ImportSuppressions suppressionImports,
        ManageAllowedEntries allowedEntries,
        ImportAllowedEntries allowedImports,
        ManageAudiences audiences,
        ManageRuleSets ruleSets,
        AdvanceCampaigns advance,
        Changes changes) {
    /// What every change of these use cases goes through.
    static Changes changes(StorePorts store, Surroundings surroundings) {
        return new Changes(
                store.transactions(),
                store.requests(),
                store.auditEntries(),
                store.signal(),
                surroundings.clock(),
                surroundings.ids()::next);
    }

    /// Keys and workspaces: what a first start needs before there are any other keys.
    static ManageAccess access(StorePorts store, Surroundings surroundings, Changes changes) {
        return new ManageAccess(
                store.workspaces(),
                store.apiKeys(),
                store.auditEntries(),
                changes,
                surroundings.random());
    }

    /// Use cases over these.
    ///
    /// @param names under which what strangers refused is kept
    /// @param archiveRetention how long archived campaigns are kept
    static ManagementWiring of(
            StorePorts store,
            Surroundings surroundings,
            Changes changes,
            ManageAccess access,
            FormerNames names,
            Duration archiveRetention) {
        var snapshots =
                new CampaignSnapshots(
                        store.campaigns(),
                        store.configurations(),
                        store.workspaces(),
                        store.signal());
        var campaignChanges =
                new CampaignChanges(store.campaigns(), store.controls(), changes, snapshots);
        var audienceReview =
                new AudienceReview(store.audiences(), store.audienceRules(), store.workspaces());
        var reviews =
                new ReviewCampaign(
                        store.campaigns(),
                        store.configurations(),
                        store.ruleSets(),
                        audienceReview,
                        store.workspaces(),
                        new JsoupHtmlReader(),
                        surroundings.clock());
        var profiles =
                new ManageProfiles(
                        store.profiles(),
                        store.workspaces(),
                        store.reservationsOfPeople(),
                        formerDenials(store, names, changes),
                        changes);
        return new ManagementWiring(
                snapshots,
                new Authenticate(store.hotApiKeys(), store.signal(), surroundings.clock()),
                access,
                new ManageCampaigns(store.campaigns(), campaignChanges),
                new ChangeCampaignState(store.campaigns(), campaignChanges, reviews),
                reviews,
                new ManageChannelConfigurations(
                        store.configurations(), store.configurationUses(), changes),
                profiles,
                new ImportProfiles(store.profileImports(), profiles, changes),
                new ManageSuppressions(store.suppressions(), store.bounces(), changes),
                new ImportSuppressions(store.suppressions(), changes),
                new ManageAllowedEntries(store.allowedEntries(), changes),
                new ImportAllowedEntries(store.allowedEntries(), changes),
                new ManageAudiences(
                        store.audiences(), store.audienceUses(), audienceReview, changes),
                new ManageRuleSets(store.ruleSets(), store.ruleSetUses(), changes),
                new AdvanceCampaigns(store.campaigns(), campaignChanges, archiveRetention),
                changes);
    }

    EraseProfile erasures(StorePorts store, Pseudonyms pseudonyms, SecretSealer sealer) {
        var stores =
                new EraseProfile.Stores(
                        store.profiles(),
                        addressAttributes(store),
                        store.consents(),
                        store.suppressions(),
                        store.bounces(),
                        store.allowedEntries(),
                        store.audiences(),
                        store.broadcasts(),
                        store.reservationsOfPeople(),
                        store.erasures().apply(new PayloadOpener(store.codec(), sealer)));
        return new EraseProfile(stores, pseudonyms, changes, store.nodes()::databaseTime);
    }

    private static AddressAttributes addressAttributes(StorePorts store) {
        return new AddressAttributes(store.workspaces(), store.configurations());
    }

    ManageConsents consents(StorePorts store, FormerNames names) {
        return new ManageConsents(
                store.consents(), profiles, formerDenials(store, names, changes), changes);
    }

    ConfirmConsent confirmations(StorePorts store, FormerNames names, TokenKey tokenKey) {
        return new ConfirmConsent(
                store.consents(), formerDenials(store, names, changes), changes, tokenKey);
    }

    private static FormerDenials formerDenials(
            StorePorts store, FormerNames names, Changes changes) {
        return new FormerDenials(store.consents(), store.profiles(), names, changes);
    }

    MergeProfiles merges(StorePorts store) {
        var stores =
                new MergeProfiles.Stores(
                        store.profiles(),
                        store.consents(),
                        store.audiences(),
                        store.broadcasts(),
                        store.reservationsOfPeople());
        return new MergeProfiles(stores, changes);
    }

    ExportProfile exports(StorePorts store, FormerNames names) {
        var stores =
                new ExportProfile.Stores(
                        store.profiles(),
                        addressAttributes(store),
                        store.audiences(),
                        store.suppressions(),
                        store.allowedEntries(),
                        store.messages());
        return new ExportProfile(stores, consents(store, names), changes);
    }
}

package io.campanile.grpc.testing;

import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import io.campanile.application.access.Changes;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.consent.FormerDenials;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.TokenKey;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.share.LongCalls;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryApiKeys;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.eligibility.InMemoryFactSource;
import io.campanile.testkit.eligibility.InMemoryRuleSource;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.ruleset.InMemoryRuleSets;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.secret.InMemorySecretSealer;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemoryBounceCounts;
import io.campanile.testkit.suppression.InMemorySuppressions;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// The fakes behind a [GrpcWorld], and what stands on nothing but them. Two workspaces exist, with
/// a channel configuration each, and keys of every role.
public final class GrpcFakes {
    public static final InstantSource CLOCK = InstantSource.system();

    public final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    public final InMemoryApiKeys keys = new InMemoryApiKeys();
    public final InMemoryStore store = new InMemoryStore(CLOCK);
    final InMemoryWorkspaces workspaces = new InMemoryWorkspaces();
    final InMemoryChannelConfigurations configurations = new InMemoryChannelConfigurations();
    final InMemoryChangeSignal signal = new InMemoryChangeSignal();
    public final InMemoryAuditEntries audit = new InMemoryAuditEntries();
    final InMemoryTransactions transactions = new InMemoryTransactions();
    final InMemorySecretSealer sealer = new InMemorySecretSealer();
    public final TokenKey tokenKey = InMemoryKeptKeys.tokenKey();
    final Pseudonyms pseudonyms = InMemoryKeptKeys.pseudonyms();
    final InMemoryProfiles profiles = new InMemoryProfiles();
    final InMemoryConsents consents = new InMemoryConsents();
    public final InMemoryRuleSets ruleSets = new InMemoryRuleSets();
    public final InMemorySuppressions suppressions = new InMemorySuppressions();
    public final InMemoryAllowedEntries allowedEntries = new InMemoryAllowedEntries();
    final InMemoryBounceCounts bounces = new InMemoryBounceCounts();
    public final InMemoryAudiences audiences = new InMemoryAudiences(profiles, consents);

    final Changes changes =
            new Changes(
                    transactions,
                    new InMemoryRequestLog(),
                    InMemoryKeptKeys.requestDigests(),
                    audit,
                    signal,
                    CLOCK,
                    UUID::randomUUID);
    final CampaignSnapshots snapshots =
            new CampaignSnapshots(campaigns, configurations, workspaces, signal);
    final DecideRecipients eligibility =
            new DecideRecipients(
                    new InMemoryFactSource(
                            workspaces,
                            profiles,
                            consents,
                            suppressions,
                            allowedEntries,
                            pseudonyms),
                    new InMemoryRuleSource(ruleSets, workspaces, profiles, store.reservations()));
    final SuppressBounced suppressBounced =
            new SuppressBounced(bounces, suppressions, new BounceRule(5), UUID::randomUUID);
    final FormerDenials formerDenials = new FormerDenials(consents, profiles, pseudonyms, changes);
    final LongCalls reads = LongCalls.ofReaders();
    final AddressAttributes addressAttributes = new AddressAttributes(workspaces, configurations);
    final ManageProfiles manageProfiles =
            new ManageProfiles(
                    profiles,
                    workspaces,
                    addressAttributes,
                    store.reservations(),
                    formerDenials,
                    reads,
                    changes);

    GrpcFakes() {
        for (WorkspaceId workspace : List.of(WorkspaceId.DEFAULT, GrpcWorld.OTHER)) {
            workspaces.insert(Workspace.created(workspace, workspace.value(), Instant.EPOCH));
            configurations.insert(aChannelConfiguration().in(workspace).build());
        }
        TestKeys.all().forEach(keys::insert);
    }
}

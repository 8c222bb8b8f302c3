package io.campanile.persistence;

import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.broadcast.port.BroadcastMembers;
import io.campanile.application.broadcast.port.BroadcastPauses;
import io.campanile.application.broadcast.port.BroadcastUpkeep;
import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.delivery.port.SettledStates;
import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.application.message.port.Executions;
import io.campanile.application.message.port.Messages;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.application.operation.port.Invariants;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.receipt.port.Receipts;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.access.JdbiAuditEntries;
import io.campanile.persistence.audience.JdbiAudiences;
import io.campanile.persistence.broadcast.JdbiBroadcastMembers;
import io.campanile.persistence.broadcast.JdbiBroadcastPauses;
import io.campanile.persistence.broadcast.JdbiBroadcastUpkeep;
import io.campanile.persistence.broadcast.JdbiBroadcasts;
import io.campanile.persistence.campaign.JdbiCampaignControls;
import io.campanile.persistence.channel.JdbiChannelConfigurations;
import io.campanile.persistence.content.JacksonPayloadCodec;
import io.campanile.persistence.delivery.JdbiMessageQueue;
import io.campanile.persistence.delivery.JdbiNodes;
import io.campanile.persistence.delivery.JdbiReservations;
import io.campanile.persistence.delivery.JdbiSettledStates;
import io.campanile.persistence.erasure.JdbiMessageErasures;
import io.campanile.persistence.message.JdbiExecutions;
import io.campanile.persistence.message.JdbiMessages;
import io.campanile.persistence.operation.JdbiBacklogs;
import io.campanile.persistence.operation.JdbiInvariants;
import io.campanile.persistence.operation.JdbiPartitions;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.receipt.JdbiReceipts;
import io.campanile.persistence.trigger.JdbiIntakeStore;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.secret.InMemorySecretSealer;
import io.campanile.testkit.trigger.Triggers;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The hot path's adapters over one database; campaigns written by hand.
public final class JdbiStoreUnderTest implements StoreUnderTest {
    private static final int MANY = 1_000;

    /// So few that every test about erasures takes several steps.
    private static final int LOOKED_AT_ONCE = 2;

    private static final String WORKSPACE =
            """
            INSERT INTO workspace (workspace_id, display_name, create_time, emails_when_unset,
              allowed_list_on)
            VALUES (:id, '', now(), false, false)
            ON CONFLICT DO NOTHING
            """;

    private static final String CAMPAIGN =
            """
            INSERT INTO campaign (campaign_id, workspace_id, chosen_id, category, display_name, description, tags, state,
              live_revision, version, create_time, update_time)
            VALUES (:id, 'default', :name, 'TRANSACTIONAL', :name, '', '{}', 'LIVE', 1, 1, now(), now())
            """;

    private static final String REVISION =
            """
            INSERT INTO campaign_revision (campaign_id, revision, definition, activated_by, create_time)
            VALUES (:id, 1, '{}', 'system', now())
            """;

    private static final String AUDIENCE =
            """
            INSERT INTO audience (audience_id, workspace_id, chosen_id, display_name, description, member_count, version,
              create_time, update_time)
            VALUES (:id, 'default', :name, '', '', :members, 1, now(), now())
            """;

    private static final String MEMBERS =
            """
            WITH profile AS (
              INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale, time_zone, version,
                create_time, update_time)
              SELECT p.id, 'default', '{}', '{}', '', '', 1, now(), now()
              FROM unnest(:profiles) AS p (id)
              RETURNING profile_id
            )
            INSERT INTO audience_member (audience_id, profile_id)
            SELECT :id, profile_id
            FROM profile
            """;

    private static final String IDENTITIES =
            """
            INSERT INTO profile_identity (workspace_id, namespace, value, profile_id, number)
            SELECT 'default', i.namespace, i.value, i.profile, i.number
            FROM unnest(:profiles, :namespaces, :keys, :numbers) AS i (profile, namespace, value, number)
            """;

    private final Store store;
    private final IntakeStore intake;
    private final MessageQueue queue;
    private final PayloadCodec codec = new JacksonPayloadCodec();
    private final SecretSealer sealer = new InMemorySecretSealer();

    public JdbiStoreUnderTest(Database database) {
        store = database.store();
        intake = new JdbiIntakeStore(database.hot());
        queue = new JdbiMessageQueue(database.hot());
        addWorkspace(WorkspaceId.DEFAULT);
    }

    @Override
    public IntakeStore intake() {
        return intake;
    }

    @Override
    public MessageQueue queue() {
        return queue;
    }

    @Override
    public Reservations reservations() {
        return new JdbiReservations(store);
    }

    @Override
    public Nodes nodes() {
        return new JdbiNodes(store);
    }

    @Override
    public Executions executions() {
        return new JdbiExecutions(store);
    }

    @Override
    public Broadcasts broadcasts() {
        return new JdbiBroadcasts(store);
    }

    @Override
    public BroadcastPauses broadcastPauses() {
        return new JdbiBroadcastPauses(store);
    }

    @Override
    public BroadcastMembers broadcastMembers() {
        return new JdbiBroadcastMembers(store);
    }

    @Override
    public BroadcastUpkeep broadcastUpkeep() {
        return new JdbiBroadcastUpkeep(store);
    }

    @Override
    public void addAudience(AudienceId id, List<List<Identity>> members) {
        store.inTransaction(handle -> {
            handle.createUpdate(AUDIENCE)
                    .bind("id", id.value())
                    .bind("name", "a" + id.toString().replace("-", ""))
                    .bind("members", members.size())
                    .execute();
            List<UUID> profiles = members.stream().map(_ -> Triggers.id(Instant.now())).toList();
            handle.createUpdate(MEMBERS)
                    .bind("id", id.value())
                    .bind("profiles", SqlArrays.uuids(profiles))
                    .execute();
            if (members.size() > MANY) {
                // Or each identity's foreign key reads all profiles, by a plan made when there
                // were few.
                handle.execute("ANALYZE profile");
            }
            return addIdentities(handle, profiles, members);
        });
    }

    /// Somebody's identity, and which of theirs it is.
    private record Known(UUID profile, Identity identity, int number) {}

    private static int addIdentities(
            Handle handle, List<UUID> profiles, List<List<Identity>> members) {
        var known = new ArrayList<Known>();
        for (int member = 0; member < members.size(); member++) {
            int number = 0;
            for (Identity identity : members.get(member)) {
                known.add(new Known(profiles.get(member), identity, ++number));
            }
        }
        return handle.createUpdate(IDENTITIES)
                .bind("profiles", SqlArrays.uuids(known, Known::profile))
                .bind("namespaces", SqlArrays.texts(known, one -> one.identity().namespace()))
                .bind("keys", SqlArrays.texts(known, one -> one.identity().value()))
                .bind("numbers", SqlArrays.integers(known, Known::number))
                .execute();
    }

    @Override
    public void addAudience(AudienceId id, String rule) {
        var name = new AudienceName(WorkspaceId.DEFAULT, "a" + id.toString().replace("-", ""));
        var definition = new AudienceDefinition("", "", rule);
        new JdbiAudiences(store).insert(Audience.created(id, name, definition, Instant.now()));
    }

    @Override
    public void addPerson(List<Identity> identities, String attribute, String value) {
        new JdbiProfiles(store)
                .insert(
                        Profile.created(
                                new ProfileId(UUID.randomUUID()),
                                WorkspaceId.DEFAULT,
                                identities,
                                new ProfileDetails(
                                        new Attributes(Map.of(attribute, value)),
                                        List.of(),
                                        "",
                                        ""),
                                Instant.now()));
    }

    @Override
    public void removeAudience(AudienceId id) {
        new JdbiAudiences(store).delete(id);
    }

    @Override
    public void endTimeOf(ExecutionId broadcast) {
        store.inStatement(handle ->
                handle.createUpdate(
                                "UPDATE broadcast SET expire_time = now() WHERE execution_id = :id")
                        .bind("id", broadcast.value())
                        .execute());
    }

    @Override
    public Messages messages() {
        return new JdbiMessages(store);
    }

    @Override
    public AuditEntries auditEntries() {
        return new JdbiAuditEntries(store);
    }

    @Override
    public SettledStates settledStates() {
        return new JdbiSettledStates(store);
    }

    @Override
    public MessageErasures erasures() {
        return new JdbiMessageErasures(store, new PayloadOpener(codec, sealer), LOOKED_AT_ONCE);
    }

    @Override
    public Receipts receipts() {
        return new JdbiReceipts(store);
    }

    @Override
    public Backlogs backlogs() {
        return new JdbiBacklogs(store);
    }

    @Override
    public Partitions partitions() {
        return new JdbiPartitions(store);
    }

    @Override
    public Invariants invariants() {
        return new JdbiInvariants(store);
    }

    @Override
    public PayloadCodec codec() {
        return codec;
    }

    @Override
    public SecretSealer sealer() {
        return sealer;
    }

    @Override
    public void addWorkspace(WorkspaceId id) {
        store.inStatement(
                handle -> handle.createUpdate(WORKSPACE).bind("id", id.value()).execute());
    }

    @Override
    public void addCampaign(CampaignId id, CampaignName name) {
        store.inTransaction(handle -> {
            handle.createUpdate(CAMPAIGN)
                    .bind("id", id.value())
                    .bind("name", name.campaign())
                    .execute();
            return handle.createUpdate(REVISION).bind("id", id.value()).execute();
        });
        control(id, new CampaignControl(true, 1, CampaignControl.Delivery.DELIVER));
    }

    @Override
    public void control(CampaignId id, CampaignControl control) {
        new JdbiCampaignControls(store).set(id, control);
    }

    @Override
    public void configuration(
            ChannelConfigurationId id, ChannelConfiguration.State state, long version) {
        var configurations = new JdbiChannelConfigurations(store);
        ChannelConfiguration configuration =
                aChannelConfiguration()
                        .identifiedBy(id)
                        .named("c" + id.toString().replace("-", ""))
                        .inState(state)
                        .atVersion(version)
                        .build();
        if (!configurations.insert(configuration)) {
            configurations.update(configuration);
        }
    }
}

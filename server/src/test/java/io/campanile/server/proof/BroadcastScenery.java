package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.testkit.database.TestDatabase;
import io.campanile.v1.AddAudienceMembersRequest;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceMember;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.Category;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.Execution;
import io.campanile.v1.Execution.State;
import io.campanile.v1.GetExecutionRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.TriggerAudienceRequest;
import io.campanile.v1.TriggerAudienceResponse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// An audience and a marketing campaign to it.
final class BroadcastScenery {
    static final String CAMPAIGN = "news";
    private static final int MOST_AT_ONCE = 1_000;
    private static final String AUDIENCE = Scenery.WORKSPACE + "/audiences/readers";

    private static final String PROFILES =
            """
            WITH person AS (
              INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale, time_zone, version,
                create_time, update_time)
              SELECT gen_random_uuid(), 'default', '{}', '{}', '', '', 1, now(), now()
              FROM generate_series(1, ?)
              RETURNING profile_id
            ), numbered AS (
              SELECT profile_id, row_number() OVER () - 1 AS number
              FROM person
            )
            INSERT INTO profile_identity (workspace_id, namespace, value, profile_id, number)
            SELECT 'default', 'email',
              'p' || number || CASE WHEN number % 10 = 0 THEN '@blocked.example.com' ELSE '@example.com' END, profile_id, 1
            FROM numbered
            """;

    private BroadcastScenery() {}

    /// A live campaign to so many members, every tenth at `blocked.example.com`.
    static void liveBroadcast(Cluster cluster, Node node, int members) {
        liveBroadcast(cluster, node, members, Scenery.SLOTS);
    }

    /// The same with so many slots, and as many connections.
    static void liveBroadcast(Cluster cluster, Node node, int members, int slots) {
        seed(cluster.database(), members);
        Scenery.sendWhenUnset(node);
        var _ =
                node.audiences()
                        .createAudience(
                                CreateAudienceRequest.newBuilder()
                                        .setParent(Scenery.WORKSPACE)
                                        .setAudienceId("readers")
                                        .setAudience(Audience.getDefaultInstance())
                                        .build());
        for (int first = 0; first < members; first += MOST_AT_ONCE) {
            addMembers(node, first, Math.min(first + MOST_AT_ONCE, members));
        }
        liveCampaign(cluster, node, AUDIENCE, slots);
    }

    static int port(Cluster cluster) {
        return cluster.receiver().port();
    }

    private static void addMembers(Node node, int first, int end) {
        var request = AddAudienceMembersRequest.newBuilder().setName(AUDIENCE);
        for (int number = first; number < end; number++) {
            request.addMembers(
                    AudienceMember.newBuilder()
                            .setIdentity(
                                    Identity.newBuilder()
                                            .setNamespace("email")
                                            .setValue(address(number))));
        }
        assertThat(node.audiences().addAudienceMembers(request.build()).getAddedCount())
                .isEqualTo(end - first);
    }

    static String address(int number) {
        return "p" + number + (number % 10 == 0 ? "@blocked.example.com" : "@example.com");
    }

    /// The campaign to an audience that there is.
    static void liveCampaign(Cluster cluster, Node node, String audience) {
        liveCampaign(cluster, node, audience, Scenery.SLOTS);
    }

    private static void liveCampaign(Cluster cluster, Node node, String audience, int slots) {
        Scenery.liveConfiguration(
                node,
                CAMPAIGN,
                Category.CATEGORY_MARKETING,
                port(cluster),
                Scenery.limits().setSlots(slots).setConnections(slots).build());
        CampaignDefinition definition =
                Scenery.definition(
                        CAMPAIGN,
                        Category.CATEGORY_MARKETING,
                        CAMPAIGN,
                        Scenery.content(Category.CATEGORY_MARKETING));
        Scenery.liveCampaign(node, CAMPAIGN, definition.toBuilder().setAudience(audience).build());
    }

    /// Nobody at `blocked.example.com` is written to.
    static void suppressABlockedDomain(Node node) {
        var _ = Scenery.suppress(node, "blocked.example.com");
    }

    /// So many mails of another campaign go by, so that fan-out and claimer have been everywhere.
    static void otherMailsGoBy(Cluster cluster, Node node, int mails) {
        long before = cluster.receiver().total();
        Scenery.liveCampaign(node, "orders", Category.CATEGORY_TRANSACTIONAL, port(cluster));
        for (int order = 0; order < mails; order++) {
            var _ = node.triggers().triggerCampaign(Scenery.trigger("orders", "o-" + order, 1));
        }
        Until.holds("the orders arrive", () -> cluster.receiver().total() == before + mails);
    }

    /// Asks for the broadcast, unless it was asked for before.
    static TriggerAudienceResponse trigger(Node node, String requestId) {
        return node.triggers().triggerAudience(request(requestId).build());
    }

    static TriggerAudienceRequest.Builder request(String requestId) {
        return TriggerAudienceRequest.newBuilder()
                .setCampaign(Scenery.nameOf(CAMPAIGN))
                .setRequestId(requestId)
                .setContextJson("{\"order\": \"A-1001\"}");
    }

    static void awaitState(Node node, String execution, State state) {
        Until.holdsAtLast(
                "the execution is " + state, () -> get(node, execution).getState() == state);
    }

    static Execution get(Node node, String execution) {
        return node.triggers()
                .getExecution(GetExecutionRequest.newBuilder().setName(execution).build());
    }

    private static void seed(TestDatabase database, int people) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(PROFILES)) {
            statement.setInt(1, people);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

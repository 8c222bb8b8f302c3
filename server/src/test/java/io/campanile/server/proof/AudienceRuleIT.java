package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.testkit.database.TestDatabase;
import io.campanile.v1.AddAudienceMembersRequest;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceMember;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.EstimateAudienceRequest;
import io.campanile.v1.EstimateAudienceResponse;
import io.campanile.v1.Execution.State;
import io.campanile.v1.Finding;
import io.campanile.v1.Identity;
import io.campanile.v1.Message.Reason;
import io.campanile.v1.MessageCounts;
import io.campanile.v1.ReviewCampaignRequest;
import io.campanile.v1.TriggerAudienceResponse;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A marketing campaign to everybody whom a rule matches, on the real server, counted at the
/// receiver.
class AudienceRuleIT {
    /// Of them every third is on plan gold, so that more than an estimate's sample are.
    private static final int PEOPLE = 6_000;

    private static final String CAMPAIGN = BroadcastScenery.CAMPAIGN;
    private static final String GOLD = Scenery.WORKSPACE + "/audiences/gold";
    private static final String STAFF = Scenery.WORKSPACE + "/audiences/staff";
    private static final String RULE =
            "profile.attributes.plan == \"gold\" && profile.attributes.spent > 100 &&"
                    + " !member(\"staff\")";

    private static final String PROFILES =
            """
            WITH person AS (
              INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale, time_zone, version,
                create_time, update_time)
              SELECT gen_random_uuid(), 'default', jsonb_build_object('number', n,
                'plan', CASE n % 3 WHEN 0 THEN 'gold' ELSE 'silver' END,
                'spent', CASE WHEN n = 3 THEN to_jsonb('a lot'::text) ELSE to_jsonb(n + 101) END), '{}', '', '', 1, now(), now()
              FROM generate_series(?, ?) AS n
              RETURNING profile_id, attributes
            )
            INSERT INTO profile_identity (workspace_id, namespace, value, profile_id, number)
            SELECT 'default', 'email', 'p' || (attributes ->> 'number')
              || CASE WHEN (attributes ->> 'number')::integer % 10 = 0 THEN '@blocked.example.com' ELSE '@example.com' END,
              profile_id, 1
            FROM person
            """;

    @Test
    void writesToThoseWhomTheRuleMatchedWhenItBegan() throws IOException {
        try (Cluster cluster = Cluster.create()) {
            Node node = cluster.start("one");
            liveBroadcast(cluster, node);
            assertThat(codes(node)).contains(Finding.Code.CODE_AUDIENCE_EMPTY);
            seed(cluster.database(), 0, PEOPLE - 1);
            addStaff(node, BroadcastScenery.address(6));
            BroadcastScenery.suppressABlockedDomain(node);
            assertThat(codes(node)).doesNotContain(Finding.Code.CODE_AUDIENCE_EMPTY);
            assertEstimate(node, matched().size());
            assertThat(trigger(node, true).getMemberCount()).isEqualTo(matched().size());

            String execution = trigger(node, false).getExecution();
            Until.holds("mails flow", () -> cluster.receiver().total() > 100);
            seed(cluster.database(), PEOPLE, PEOPLE + 299);
            BroadcastScenery.awaitState(node, execution, State.STATE_SUCCEEDED);

            assertThat(messages(cluster.database())).isEqualTo(matched());
            MessageCounts counts = BroadcastScenery.get(node, execution).getCounts();
            Set<String> blocked =
                    matched().stream()
                            .filter(AudienceRuleIT::isBlocked)
                            .collect(Collectors.toSet());
            Set<String> written = new HashSet<>(matched());
            written.removeAll(blocked);
            assertThat(counts.getPlannedCount()).isEqualTo(matched().size());
            assertThat(counts.getExcludedCount()).isEqualTo(blocked.size());
            assertThat(cluster.receiver().countsByAddress().keySet()).isEqualTo(written);
            assertThat(cluster.receiver().total()).isEqualTo(written.size());
            cluster.audit();
        }
    }

    /// The addresses of those who are to be in it: on plan gold, but for whoever spent no number
    /// and whoever is staff.
    private static Set<String> matched() {
        return IntStream.range(0, PEOPLE)
                .filter(number -> number % 3 == 0 && number != 3 && number != 6)
                .mapToObj(BroadcastScenery::address)
                .collect(Collectors.toSet());
    }

    private static boolean isBlocked(String address) {
        return address.endsWith("@blocked.example.com");
    }

    private static void assertEstimate(Node node, long members) {
        EstimateAudienceResponse estimate =
                node.audiences()
                        .estimateAudience(
                                EstimateAudienceRequest.newBuilder()
                                        .setName(GOLD)
                                        .setCampaign(Scenery.nameOf(CAMPAIGN))
                                        .build());
        assertThat(estimate.getMemberCount()).isEqualTo(members);
        assertThat(estimate.getSampleSize()).isEqualTo(1_000);
        assertThat(estimate.getExclusionsList())
                .singleElement()
                .satisfies(exclusion -> {
                    assertThat(exclusion.getReason()).isEqualTo(Reason.REASON_DOMAIN_SUPPRESSED);
                    // A tenth; the sample would have to be off by five standard deviations.
                    assertThat(exclusion.getCount()).isBetween(110L, 290L);
                    assertThat(exclusion.getCount() + estimate.getIncludedCount())
                            .isEqualTo(members);
                });
    }

    private static Set<Finding.Code> codes(Node node) {
        return node
                .campaigns()
                .reviewCampaign(
                        ReviewCampaignRequest.newBuilder()
                                .setName(Scenery.nameOf(CAMPAIGN))
                                .build())
                .getFindingsList()
                .stream()
                .map(Finding::getCode)
                .collect(Collectors.toSet());
    }

    private static void liveBroadcast(Cluster cluster, Node node) {
        Scenery.sendWhenUnset(node);
        create(node, "staff", "");
        create(node, "gold", RULE);
        BroadcastScenery.liveCampaign(cluster, node, GOLD);
    }

    private static void create(Node node, String id, String rule) {
        var _ =
                node.audiences()
                        .createAudience(
                                CreateAudienceRequest.newBuilder()
                                        .setParent(Scenery.WORKSPACE)
                                        .setAudienceId(id)
                                        .setAudience(Audience.newBuilder().setRule(rule))
                                        .build());
    }

    private static void addStaff(Node node, String address) {
        var _ =
                node.audiences()
                        .addAudienceMembers(
                                AddAudienceMembersRequest.newBuilder()
                                        .setName(STAFF)
                                        .addMembers(
                                                AudienceMember.newBuilder()
                                                        .setIdentity(
                                                                Identity.newBuilder()
                                                                        .setNamespace("email")
                                                                        .setValue(address)))
                                        .build());
    }

    private static TriggerAudienceResponse trigger(Node node, boolean validateOnly) {
        return node.triggers()
                .triggerAudience(
                        BroadcastScenery.request("once").setValidateOnly(validateOnly).build());
    }

    /// Whom there are messages to.
    private static Set<String> messages(TestDatabase database) {
        try (Connection connection = database.connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT identity_value FROM message");
                ResultSet rows = statement.executeQuery()) {
            Set<String> identities = new HashSet<>();
            while (rows.next()) {
                assertThat(identities.add(rows.getString(1))).isTrue();
            }
            return identities;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void seed(TestDatabase database, int first, int last) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(PROFILES)) {
            statement.setInt(1, first);
            statement.setInt(2, last);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

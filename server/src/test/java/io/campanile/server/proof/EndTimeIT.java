package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;

import io.campanile.v1.ActivateCampaignRequest;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.CampaignDefinition.DeliveryMode;
import io.campanile.v1.CampaignDefinition.ProfileLookup;
import io.campanile.v1.Category;
import io.campanile.v1.CreateDraftRequest;
import io.campanile.v1.GetCampaignRequest;
import io.campanile.v1.UpdateCampaignRequest;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/// What a paused campaign keeps waits for somebody's word, in every lane and beyond its end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndTimeIT {
    /// Mostly time enough to activate it.
    private static final int LASTS_SECONDS = 4;

    private Cluster cluster;
    private Node one;

    @BeforeAll
    void startsANode() throws IOException {
        cluster = Cluster.create();
        one = cluster.start("one");
        Scenery.liveConfiguration(
                one,
                "mail",
                Category.CATEGORY_TRANSACTIONAL,
                cluster.receiver().port(),
                Scenery.limits().build());
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
    }

    @Test
    void doesNotLetGoOfWhatAPausedCampaignHolds() throws IOException {
        Scenery.liveCampaign(one, "short", definition("short").build());
        Scenery.hold(one, "short");
        var _ = one.triggers().triggerCampaign(Scenery.trigger("short", "held", 3));
        endSoon("short");

        Until.holds("it completes", () -> state("short") == Campaign.State.STATE_COMPLETED);
        othersGoBy();
        cluster.audit();
        assertThat(cluster.rows().states("short")).isEqualTo(Map.of("ACCEPTED", "3"));
        assertThat(cluster.receiver().total()).as("the others and nobody else").isEqualTo(3);

        Scenery.resume(one, "short");
        Until.holds(
                "it is delivered",
                () -> cluster.rows().states("short").equals(Map.of("SENT", "3")));
        cluster.audit();
    }

    @Test
    void cancelsHighThroughputWhenItIsStopped() throws IOException {
        Scenery.liveCampaign(
                one,
                "codes",
                definition("codes")
                        .setProfileLookup(ProfileLookup.PROFILE_LOOKUP_NONE)
                        .setDeliveryMode(DeliveryMode.DELIVERY_MODE_HIGH_THROUGHPUT)
                        .build());
        Scenery.hold(one, "codes");
        var _ = one.triggers().triggerCampaign(Scenery.trigger("codes", "held", 3));

        assertThat(Scenery.stop(one, "codes").getToCancelCount()).isEqualTo(3);
        Until.holds(
                "it is cancelled",
                () ->
                        cluster.rows()
                                .states("codes")
                                .equals(Map.of("CANCELLED CAMPAIGN_STOPPED", "3")));
        cluster.audit();
    }

    private void endSoon(String campaign) {
        String name = Scenery.nameOf(campaign);
        one.campaigns().createDraft(CreateDraftRequest.newBuilder().setName(name).build());
        long lasts = LASTS_SECONDS;
        while (!endsAfter(campaign, name, lasts)) {
            lasts *= 2;
        }
    }

    /// False when the end was over before the campaign could be activated.
    private boolean endsAfter(String campaign, String name, long seconds) {
        long end = Instant.now().getEpochSecond() + seconds;
        CampaignDefinition draft =
                definition(campaign).setEndTime(Timestamp.newBuilder().setSeconds(end)).build();
        one.campaigns()
                .updateCampaign(
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(Campaign.newBuilder().setName(name).setDraft(draft))
                                .build());
        try {
            one.campaigns()
                    .activateCampaign(ActivateCampaignRequest.newBuilder().setName(name).build());
            return true;
        } catch (StatusRuntimeException e) {
            if (Instant.now().getEpochSecond() < end) {
                throw e;
            }
            return false;
        }
    }

    /// Another campaign's mails go by, so that the claimer has been everywhere.
    private void othersGoBy() {
        Scenery.liveCampaign(one, "others", definition("others").build());
        var _ = one.triggers().triggerCampaign(Scenery.trigger("others", "others", 3));
        Until.holds(
                "they are delivered",
                () -> cluster.rows().states("others").equals(Map.of("SENT", "3")));
    }

    private static CampaignDefinition.Builder definition(String id) {
        return Scenery.definition(id, Category.CATEGORY_TRANSACTIONAL, "mail", Scenery.content())
                .toBuilder();
    }

    private Campaign.State state(String campaign) {
        return one.campaigns()
                .getCampaign(
                        GetCampaignRequest.newBuilder().setName(Scenery.nameOf(campaign)).build())
                .getState();
    }
}

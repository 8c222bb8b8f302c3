package io.campanile.grpc.campaign;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.store.NodeClock;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.Schedule;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Times;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;

class CampaignProtosTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final InstantSource CLOCK = () -> NOON.plusSeconds(1);

    /// Changes compare with what is stored.
    @Test
    void tellTheStoredVersionOfWhatTheClockHasMoved() {
        Campaign stored = aCampaign().during(new Schedule(NOON, null)).scheduled();

        io.campanile.v1.Campaign due =
                new CampaignProtos(NodeClock.believed(CLOCK)).campaign(stored);

        assertThat(due.getState()).isEqualTo(io.campanile.v1.Campaign.State.STATE_LIVE);
        assertThat(due.getEtag()).isEqualTo(Edits.etag(stored.version()));
        assertThat(due.getUpdateTime()).isEqualTo(Times.timestamp(stored.header().updateTime()));
    }

    @Test
    void tellTheStoredStateWhileTheClockIsInDoubt() {
        Campaign stored = aCampaign().during(new Schedule(NOON, null)).scheduled();

        io.campanile.v1.Campaign due =
                new CampaignProtos(new NodeClock(CLOCK, () -> false, () -> true)).campaign(stored);

        assertThat(due.getState()).isEqualTo(io.campanile.v1.Campaign.State.STATE_SCHEDULED);
    }
}

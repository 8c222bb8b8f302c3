package io.campanile.application.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class FaultyCampaignsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CampaignName BROKEN = new CampaignName(WorkspaceId.DEFAULT, "broken");

    private final FaultyCampaigns faulty = new FaultyCampaigns(SECOND, SECOND.multipliedBy(5));

    @Test
    void restForTwiceAsLongEachTimeUpToTheLongest() {
        assertThat(faulty.failed(BROKEN, NOON)).isEqualTo(SECOND);
        assertThat(faulty.failed(BROKEN, NOON)).isEqualTo(SECOND.multipliedBy(2));
        assertThat(faulty.failed(BROKEN, NOON)).isEqualTo(SECOND.multipliedBy(4));
        assertThat(faulty.failed(BROKEN, NOON)).isEqualTo(SECOND.multipliedBy(5));
        assertThat(faulty.failed(BROKEN, NOON)).isEqualTo(SECOND.multipliedBy(5));
    }

    @Test
    void restUntilTheirTimeIsOver() {
        faulty.failed(BROKEN, NOON);

        assertThat(faulty.resting(NOON)).containsExactly(BROKEN);
        assertThat(faulty.resting(NOON.plusMillis(999))).containsExactly(BROKEN);
        assertThat(faulty.resting(NOON.plus(SECOND))).isEmpty();
    }

    @Test
    void restNoLongerWhenTheClockIsSetBack() {
        faulty.failed(BROKEN, NOON);

        assertThat(faulty.resting(NOON.minus(Duration.ofHours(2)))).isEmpty();
    }

    @Test
    void beginAnewOnceTheySucceeded() {
        faulty.failed(BROKEN, NOON);
        faulty.failed(BROKEN, NOON);

        faulty.succeeded(BROKEN);

        assertThat(faulty.resting(NOON)).isEmpty();
        assertThat(faulty.failed(BROKEN, NOON)).isEqualTo(SECOND);
    }

    @Test
    void areForgottenWhenNobodyTriesThemAnyMore() {
        faulty.failed(BROKEN, NOON);

        assertThat(faulty.resting(NOON.plusSeconds(7))).isEmpty();

        assertThat(faulty.failed(BROKEN, NOON.plusSeconds(7))).isEqualTo(SECOND);
    }
}

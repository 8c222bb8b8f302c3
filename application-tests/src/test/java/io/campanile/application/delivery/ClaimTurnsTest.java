package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.ClaimTurns.Turn;
import io.campanile.application.delivery.port.DueCampaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.Lane;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class ClaimTurnsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final CampaignId A = new CampaignId(new UUID(0, 0xA));
    private static final CampaignId B = new CampaignId(new UUID(0, 0xB));
    private static final Turn ONE =
            new Turn(Lane.MARKETING, new ChannelConfigurationId(new UUID(1, 1)));
    private static final Turn OTHER =
            new Turn(Lane.TRANSACTIONAL, new ChannelConfigurationId(new UUID(1, 2)));

    private final ClaimTurns turns = new ClaimTurns();

    @BeforeEach
    void begin() {
        turns.begin();
    }

    private Map<Turn, List<CampaignId>> at(Instant now) {
        return turns.of(List.of(due(ONE, A), due(OTHER, A), due(ONE, B)), now);
    }

    private static DueCampaign due(Turn turn, CampaignId campaign) {
        return new DueCampaign(turn.lane(), turn.configuration(), campaign);
    }

    @Test
    void areOneForEachLaneAndConfiguration() {
        assertThat(at(NOON))
                .containsOnly(Map.entry(ONE, List.of(A, B)), Map.entry(OTHER, List.of(A)));
    }

    @Test
    void arePassedOverForAMoment() {
        turns.passOver(ONE, NOON);

        assertThat(at(NOON.plusMillis(1_999))).containsOnlyKeys(OTHER);
        assertThat(at(NOON.plusSeconds(2))).containsOnlyKeys(ONE, OTHER);
    }

    @Test
    void comeLastButDoNotRestWhenTheStoreMayBeAwayForAll() {
        assertThat(turns.putLast(ONE, NOON)).isFalse();

        assertThat(turns.isLast(ONE)).isTrue();
        assertThat(turns.isLast(OTHER)).isFalse();
        assertThat(turns.last()).containsExactly(ONE);
        assertThat(at(NOON)).containsOnlyKeys(ONE, OTHER);
    }

    @Test
    void restForLongerEachTimeThatTheStoreFailsThemAlone() {
        turns.served(OTHER, true);
        assertThat(turns.putLast(ONE, NOON)).isTrue();
        assertThat(at(NOON.plusMillis(1_999))).containsOnlyKeys(OTHER);

        turns.served(OTHER, true);
        assertThat(turns.putLast(ONE, NOON.plusSeconds(2))).isTrue();
        assertThat(at(NOON.plusMillis(5_999))).containsOnlyKeys(OTHER);
        assertThat(at(NOON.plusSeconds(6))).containsOnlyKeys(ONE, OTHER);
    }

    @Test
    void restOnlyWhenTheStoreHasServedAnotherSinceOneFailed() {
        turns.served(OTHER, true);
        turns.putLast(ONE, NOON);

        assertThat(turns.putLast(OTHER, NOON)).isFalse();
        assertThat(turns.last()).containsExactly(ONE, OTHER);
    }

    @Test
    void knowNothingOfTheStoreWhenThereWasNothingToClaim() {
        turns.served(OTHER, false);

        assertThat(turns.putLast(ONE, NOON)).isFalse();
    }

    @Test
    void knowNothingOfTheStoreWhenARoundBegins() {
        turns.served(OTHER, true);
        turns.begin();

        assertThat(turns.putLast(ONE, NOON)).isFalse();
    }

    @Test
    void comeAmongTheOthersAgainOnceTheyWereServed() {
        turns.served(OTHER, true);
        turns.putLast(ONE, NOON);

        turns.served(ONE, true);

        assertThat(turns.last()).isEmpty();
        assertThat(at(NOON)).containsOnlyKeys(ONE, OTHER);
    }

    @Test
    void areForgottenWhenNothingIsDueAnyMore() {
        turns.putLast(ONE, NOON);

        turns.of(List.of(due(OTHER, A)), NOON);

        assertThat(turns.isLast(ONE)).isFalse();
    }
}

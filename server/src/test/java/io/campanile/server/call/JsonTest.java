package io.campanile.server.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.v1.EstimateAudienceResponse;
import io.campanile.v1.Execution;
import io.campanile.v1.GetStatusRequest;
import io.campanile.v1.TriggerCampaignResponse;

import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void showsCountsThatAreNothing() {
        assertThat(Json.write(EstimateAudienceResponse.getDefaultInstance()))
                .contains("\"memberCount\": \"0\"");
    }

    @Test
    void showsWhatWasNotTheCase() {
        assertThat(Json.write(TriggerCampaignResponse.getDefaultInstance()))
                .contains("\"duplicate\": false")
                .doesNotContain("execution", "results");
    }

    @Test
    void showsThemOfMessagesWithinOnlyWhereThoseAre() {
        assertThat(Json.write(Execution.getDefaultInstance())).doesNotContain("sentCount");
        assertThat(
                        Json.write(
                                Execution.newBuilder()
                                        .setCounts(
                                                io.campanile.v1.MessageCounts.getDefaultInstance())
                                        .build()))
                .contains("\"sentCount\": \"0\"");
    }

    @Test
    void leavesOutTheRest() {
        assertThat(Json.write(GetStatusRequest.getDefaultInstance()))
                .isEqualToIgnoringWhitespace("{}");
    }
}

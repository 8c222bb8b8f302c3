package io.campanile.server.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;

import io.campanile.v1.CampaignContract;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.CreateApiKeyRequest;
import io.campanile.v1.CreateChannelConfigurationRequest;
import io.campanile.v1.EstimateAudienceResponse;
import io.campanile.v1.Execution;
import io.campanile.v1.GetStatusRequest;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {"<p>Hello {{name}} & 'you' = \"me\"</p>", "\\u003c", "a\\\\u0026", "\\"})
    void showsTextsAsTheyAre(String text) {
        var contract = CampaignContract.newBuilder().setCampanileCommand(text).build();

        String json = Json.write(contract);

        assertThat(json).contains(text.replace("\\", "\\\\").replace("\"", "\\\""));
        assertThat(Json.read(json, CampaignContract.getDefaultInstance()))
                .containsExactly(contract);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"campaign":                        | it cannot be read at line 1 column 13
                    {"campaign": "a",}                  | it cannot be read at line 1 column 19
                    {"campaign": "a"} more              | it cannot be read at line 1 column 20
                    {"campaign": "a"} {}                | it cannot be read at line 1 column 20
                    {"campaign": "a", "campaign": "b"}  | a name stands there twice at line 1
                    {"requestId": NaN}                  | it cannot be read at line 1 column 15
                    {"requestId": "\\ud800"}            | a text has half a surrogate pair at line 1
                    """)
    void takesNothingForSomethingElse(String json, String why) {
        assertThatThrownBy(() -> Json.read(json, TriggerCampaignRequest.getDefaultInstance()))
                .isInstanceOf(CallFailed.class)
                .hasMessageStartingWith("the request is not JSON: " + why);
    }

    @Test
    void takesNoTimeThatIsInNoCalendar() {
        var trigger = TriggerCampaignRequest.getDefaultInstance();

        assertThatThrownBy(() -> Json.read("{\"scheduleTime\": \"2026-02-30T12:00:00Z\"}", trigger))
                .isInstanceOf(CallFailed.class)
                .hasMessage("scheduleTime is no time: write it as in 2026-03-01T12:00:00Z");
        assertThat(
                        Json.read(
                                "[{\"expire_time\": \"2026-03-01T12:00:00.5+01:00\"},"
                                        + " {\"expireTime\": null}]",
                                trigger))
                .hasSize(2);
    }

    @Test
    void saysWhichValuesAnEnumHas() {
        var create = CreateChannelConfigurationRequest.getDefaultInstance();

        assertThatThrownBy(() ->
                        Json.read(
                                "{\"channel_configuration\": {\"category\": \"MARKETING\"}}",
                                create))
                .isInstanceOf(CallFailed.class)
                .hasMessage(
                        "channel_configuration.category is no Category: write one of"
                                + " CATEGORY_MARKETING, CATEGORY_TRANSACTIONAL");
        assertThatThrownBy(() ->
                        Json.read(
                                "{\"apiKey\": {\"roles\": [\"ROLE_OWNER\", \"\"]}}",
                                CreateApiKeyRequest.getDefaultInstance()))
                .hasMessageStartingWith("apiKey.roles[1] is no Role: write one of ROLE_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"CATEGORY_MARKETING\"",
                "\"CATEGORY_UNSPECIFIED\"",
                "2",
                "\"2\"",
                "2.0",
                "null"
            })
    void takesValuesOfEnumsAsProtobufDoes(String category) {
        assertThat(
                        Json.read(
                                "{\"category\": %s}".formatted(category),
                                ChannelConfiguration.getDefaultInstance()))
                .hasSize(1);
    }

    @Test
    void takesAttributesOfAnyName() {
        var attributes = "{\"fields\": {\"value\": {\"nullValue\": \"none\"}}}";

        assertThat(Json.read(attributes, Struct.getDefaultInstance()))
                .singleElement()
                .extracting(Json::write)
                .asString()
                .isEqualToIgnoringWhitespace(attributes);
    }
}

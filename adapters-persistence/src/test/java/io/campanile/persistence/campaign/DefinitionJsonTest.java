package io.campanile.persistence.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.ProfileLookup;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class DefinitionJsonTest {

    @Test
    void givesBackEverythingToTheNanosecond() {
        var definition =
                new CampaignDefinition(
                        "mail",
                        "offers",
                        List.of("weekly", "daily"),
                        "crmId",
                        ProfileLookup.CREATE,
                        DeliveryMode.STANDARD,
                        "readers",
                        new EmailContent("s", "p", "<p>\"ü\"</p>", "t", "a@example.com"),
                        List.of(
                                new DeclaredField("context.a", FieldType.URL, true, false, "1", ""),
                                new DeclaredField(
                                        "profile.b", FieldType.ANY, false, true, "", "2")),
                        new Schedule(
                                Instant.parse("2026-03-01T12:00:00.123456789Z"),
                                Instant.parse("2026-03-02T12:00:00Z")));

        assertThat(DefinitionJson.read(DefinitionJson.write(definition))).isEqualTo(definition);
    }

    @Test
    void ignoresWhatALaterVersionAdded() {
        String later =
                """
                {"channelConfiguration": "mail", "audience": {"name": "x"},
                 "content": {"subject": "s", "amp": [1]},
                 "fields": [{"path": "context.a", "pattern": "^a"}]}
                """;

        assertThat(DefinitionJson.read(later))
                .isEqualTo(
                        new CampaignDefinition(
                                "mail",
                                "",
                                List.of(),
                                "",
                                ProfileLookup.IF_KNOWN,
                                DeliveryMode.STANDARD,
                                "",
                                new EmailContent("s", "", "", "", ""),
                                List.of(
                                        new DeclaredField(
                                                "context.a", FieldType.ANY, false, false, "", "")),
                                Schedule.ALWAYS));
    }

    @Test
    void readsAnEmptyObjectAsAnEmptyDefinition() {
        assertThat(DefinitionJson.read("{}"))
                .isEqualTo(
                        new CampaignDefinition(
                                "",
                                "",
                                List.of(),
                                "",
                                ProfileLookup.IF_KNOWN,
                                DeliveryMode.STANDARD,
                                "",
                                EmailContent.NONE,
                                List.of(),
                                Schedule.ALWAYS));
    }

    @Test
    void quotesNothingOfWhatItCannotRead() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DefinitionJson.read("{\"content\": ada"))
                .withMessage("stored JSON does not parse")
                .withNoCause();
    }
}

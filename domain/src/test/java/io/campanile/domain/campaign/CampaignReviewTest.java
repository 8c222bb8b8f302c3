package io.campanile.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Category;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.Finding;
import io.campanile.domain.content.Finding.Code;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class CampaignReviewTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void findsWhatIsMissing() {
        assertThat(errors("", new EmailContent("", "", "", "", ""), Schedule.ALWAYS))
                .contains(Code.CHANNEL_CONFIGURATION_MISSING, Code.SUBJECT_EMPTY, Code.BODY_EMPTY);
    }

    @Test
    void findsAChannelConfigurationThatIsNotThere() {
        assertThat(errors("nobodys", content(), Schedule.ALWAYS))
                .containsExactly(Code.CHANNEL_CONFIGURATION_UNKNOWN);
    }

    @Test
    void findsSchedulesThatCannotBe() {
        assertThat(errors("nobodys", content(), new Schedule(NOON, NOON)))
                .contains(Code.SCHEDULE_REVERSED);
        assertThat(errors("nobodys", content(), new Schedule(null, NOON)))
                .contains(Code.END_TIME_PASSED);
    }

    private static List<Code> errors(
            String configuration, EmailContent content, Schedule schedule) {
        return review(Category.TRANSACTIONAL, configuration, content, schedule).stream()
                .filter(Finding::isError)
                .map(Finding::code)
                .toList();
    }

    private static List<Finding> review(
            Category category, String configuration, EmailContent content, Schedule schedule) {
        return CampaignReview.of(
                category,
                new CampaignDefinition(configuration, "", content, List.of(), schedule),
                null,
                NOON);
    }

    private static EmailContent content() {
        return new EmailContent("Hello", "", "", "Hello", "");
    }
}

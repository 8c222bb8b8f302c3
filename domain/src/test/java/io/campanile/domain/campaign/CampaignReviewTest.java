package io.campanile.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Category;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.Finding;
import io.campanile.domain.content.Finding.Code;
import io.campanile.domain.profile.ProfileLookup;

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

    @Test
    void findsRuleSetsOfATransactionalCampaignOnly() {
        assertThat(ruleSetErrors(Category.TRANSACTIONAL))
                .containsExactly(Code.RULE_SET_TRANSACTIONAL);
        assertThat(ruleSetErrors(Category.MARKETING)).containsExactly(Code.RULE_SET_UNKNOWN);
    }

    private static List<Code> ruleSetErrors(Category category) {
        var definition =
                new CampaignDefinition(
                        "",
                        "",
                        List.of("daily"),
                        "",
                        ProfileLookup.IF_KNOWN,
                        content(),
                        List.of(),
                        Schedule.ALWAYS);
        return CampaignReview.of(category, definition, null, List.of(), NOON).stream()
                .filter(finding -> finding.place().equals("rule_sets"))
                .map(Finding::code)
                .toList();
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
                new CampaignDefinition(
                        configuration,
                        "",
                        List.of(),
                        "",
                        ProfileLookup.IF_KNOWN,
                        content,
                        List.of(),
                        schedule),
                null,
                List.of(),
                NOON);
    }

    private static EmailContent content() {
        return new EmailContent("Hello", "", "", "Hello", "");
    }
}

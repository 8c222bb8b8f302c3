package io.campanile.domain.campaign;

import static io.campanile.domain.campaign.DefinitionBuilder.aDefinition;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class DifferencesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void findsNoneBetweenEquals() {
        assertThat(Differences.between(saying("Hello", "Hi"), saying("Hello", "Hi"))).isEmpty();
    }

    @Test
    void quotesShortTexts() {
        assertThat(Differences.between(saying("Hello", ""), saying("Good morning", "")))
                .containsExactly(
                        new Difference("content.subject", "\"Hello\" became \"Good morning\""));
    }

    @Test
    void saysNothingForAMissingText() {
        assertThat(Differences.between(saying("Hello", ""), saying("", "")))
                .containsExactly(new Difference("content.subject", "\"Hello\" became nothing"));
    }

    @Test
    void showsTheFirstDifferenceOfTemplatesAndCountsLines() {
        assertThat(Differences.between(saying("", "a\nb\r\nc"), saying("", "a\nx\nc\nd")))
                .containsExactly(
                        new Difference(
                                "content.html",
                                "\"a⏎b⏎c\" became \"a⏎x⏎c⏎d\", lines added: 2, lines removed: 1"));
    }

    @Test
    void showsLongTextsAroundTheFirstDifference() {
        String start = "x".repeat(200);

        List<Difference> differences =
                Differences.between(saying(start + "old", ""), saying(start + "new", ""));

        assertThat(differences.getFirst().description())
                .contains("old\"")
                .contains("new\"")
                .contains("\"…x")
                .hasSizeLessThan(200);
    }

    @Test
    void neverCutsACharacterInTwo() {
        String start = "😀".repeat(100);

        List<Difference> differences =
                Differences.between(saying(start + "old", ""), saying("a" + start + "new", ""));

        String description = differences.getFirst().description();
        assertThat(new String(description.getBytes(UTF_8), UTF_8)).isEqualTo(description);
    }

    @Test
    void namesFieldsAndTimes() {
        var before =
                aDefinition()
                        .about("offers")
                        .under("weekly")
                        .declaring(field("context.a", true), field("context.b", true))
                        .build();
        var after =
                aDefinition()
                        .over("relay")
                        .about("news")
                        .under("weekly", "daily")
                        .declaring(field("context.b", false), field("context.c", true))
                        .during(new Schedule(null, NOON))
                        .build();

        assertThat(Differences.between(before, after))
                .containsExactly(
                        new Difference("channel_configuration", "\"mail\" became \"relay\""),
                        new Difference("topic", "\"offers\" became \"news\""),
                        new Difference("rule_sets", "\"weekly\" became \"weekly, daily\""),
                        new Difference("declared_fields.context.b", "required true became false"),
                        new Difference("declared_fields.context.c", "added"),
                        new Difference("declared_fields.context.a", "removed"),
                        new Difference("end_time", "none became 2026-03-01T12:00:00Z"));
    }

    @Test
    void tellsWhatIsAnotherOfADeclaredField() {
        var before = new DeclaredField("context.a", FieldType.STRING, false, false, "\"x\"", "");
        var after = new DeclaredField("context.a", FieldType.NUMBER, false, true, "1", "2");

        assertThat(Differences.between(declaring(before), declaring(after)))
                .containsExactly(
                        new Difference(
                                "declared_fields.context.a",
                                "type STRING became NUMBER, sensitive false became true, example"
                                        + " \"x\" became 1, default_value none became 2"));
    }

    private static CampaignDefinition declaring(DeclaredField field) {
        return aDefinition().declaring(field).build();
    }

    private static CampaignDefinition saying(String subject, String html) {
        return aDefinition().saying(new EmailContent(subject, "", html, "", "")).build();
    }

    private static DeclaredField field(String path, boolean required) {
        return new DeclaredField(path, FieldType.STRING, required, false, "", "");
    }
}

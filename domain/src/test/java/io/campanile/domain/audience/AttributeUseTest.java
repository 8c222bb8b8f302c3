package io.campanile.domain.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;

class AttributeUseTest {
    private static final AttributeSchema SCHEMA =
            schema(true, "plan STRING", "spent NUMBER", "tags LIST", "address.city STRING");

    /// What rules can ask.
    enum Asked {
        PRESENT,
        TEXT,
        NUMBER,
        TRUTH,
        SEARCHED,
        HOLDS_TEXT,
        HOLDS_OTHER;

        private AttributeQuestion question() {
            return switch (this) {
                case PRESENT -> new AttributeQuestion.Present();
                case TEXT -> new AttributeQuestion.Compared(AttributeType.STRING);
                case NUMBER -> new AttributeQuestion.Compared(AttributeType.NUMBER);
                case TRUTH -> new AttributeQuestion.Compared(AttributeType.BOOLEAN);
                case SEARCHED -> new AttributeQuestion.Searched();
                case HOLDS_TEXT -> new AttributeQuestion.Holds("city");
                case HOLDS_OTHER -> new AttributeQuestion.Holds(null);
            };
        }
    }

    private static AttributeSchema schema(boolean unknownRefused, String... definitions) {
        return new AttributeSchema(
                Arrays.stream(definitions)
                        .map(each -> each.split(" "))
                        .map(each ->
                                new AttributeDefinition(each[0], AttributeType.valueOf(each[1])))
                        .toList(),
                unknownRefused);
    }

    private static AttributeUse use(Asked asked, String... path) {
        return new AttributeUse(List.of(path), asked.question(), 1, 1);
    }

    private static List<String> objections(AttributeSchema schema, AttributeUse... uses) {
        return AttributeUse.problems(List.of(uses), schema).stream()
                .map(RuleProblem::text)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "STRING, PRESENT TEXT SEARCHED",
        "NUMBER, PRESENT NUMBER",
        "BOOLEAN, PRESENT TRUTH",
        "TIMESTAMP, PRESENT TEXT SEARCHED",
        "LIST, PRESENT HOLDS_TEXT HOLDS_OTHER",
        "MAP, PRESENT HOLDS_TEXT"
    })
    void asksOfEachTypeWhatItsValuesCanAnswer(AttributeType type, String answered) {
        List<String> fitting = List.of(answered.split(" "));
        for (Asked asked : Asked.values()) {
            assertThat(objections(schema(false, "some " + type), use(asked, "some")))
                    .as(asked.name())
                    .hasSize(fitting.contains(asked.name()) ? 0 : 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STRING | NUMBER | compare it with texts.",
                "TIMESTAMP | TRUTH | compare it with texts such as \"2026-03-01T12:00:00Z\".",
                "NUMBER | TEXT | compare it with numbers.",
                "BOOLEAN | NUMBER | compare it with true or false, by == or !=.",
                "LIST | TEXT | look for something in it, as in \"a\" in profile.attributes.some.",
                "MAP | TEXT | compare one of its parts.",
                "NUMBER | SEARCHED | only texts are searched.",
                "LIST | SEARCHED | look for something in it, as in \"a\" in"
                        + " profile.attributes.some.",
                "STRING | HOLDS_TEXT | search it by contains(), startsWith() or endsWith().",
                "BOOLEAN | HOLDS_OTHER | only lists and maps have something in them.",
                "MAP | HOLDS_OTHER | its keys are texts."
            })
    void saysWhatToWriteInstead(AttributeType type, Asked asked, String text) {
        assertThat(objections(schema(false, "some " + type), use(asked, "some")))
                .containsExactly(
                        "By the workspace's schema profile.attributes.some is a %s: %s"
                                .formatted(type, text));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAttributesThatNobodyMayHaveWhateverIsAsked(Asked asked) {
        assertThat(objections(SCHEMA, use(asked, "plna")))
                .containsExactly(
                        "profile.attributes.plna is no attribute of the workspace's schema.");
        assertThat(objections(SCHEMA, use(asked, "address", "zip")))
                .containsExactly(
                        "profile.attributes.address.zip is no attribute of the workspace's"
                                + " schema.");
        assertThat(objections(schema(false, "plan STRING"), use(asked, "plna"))).isEmpty();
        assertThat(objections(AttributeSchema.NONE, use(asked, "plna", "gold"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesPartsOfWhatIsNoMapWhateverIsAsked(Asked asked) {
        assertThat(objections(SCHEMA, use(asked, "tags", "first")))
                .containsExactly(
                        "By the workspace's schema profile.attributes.tags is a LIST, and has no"
                                + " parts with names.");
        assertThat(objections(SCHEMA, use(asked, "address", "city", "name", "long")))
                .containsExactly(
                        "By the workspace's schema profile.attributes.address.city is a STRING, and"
                                + " has no parts with names.");
    }

    @Test
    void takesAKeyThatIsLookedForInAMapForAnAttribute() {
        var zip = new AttributeUse(List.of("address"), new AttributeQuestion.Holds("zip"), 1, 1);

        assertThat(objections(SCHEMA, use(Asked.HOLDS_TEXT, "address"))).isEmpty();
        assertThat(objections(SCHEMA, zip))
                .as("what is looked for is not repeated")
                .containsExactly(
                        "The workspace's schema has no such attribute in"
                                + " profile.attributes.address.");
        assertThat(objections(schema(false, "address.city STRING"), zip)).isEmpty();
        assertThat(objections(schema(true, "address MAP"), zip)).isEmpty();
    }

    @Test
    void writesNamesAsRulesDo() {
        assertThat(objections(SCHEMA, use(Asked.TEXT, "address", "postal code")))
                .singleElement()
                .asString()
                .startsWith("profile.attributes.address[\"postal code\"] is no attribute");
        // A name, not a path.
        assertThat(objections(SCHEMA, use(Asked.TEXT, "address.city")))
                .singleElement()
                .asString()
                .startsWith("profile.attributes[\"address.city\"] is no attribute");
    }

    @Test
    void saysEachThingOnceAndWhere() {
        List<AttributeUse> uses =
                List.of(
                        new AttributeUse(List.of("plan"), Asked.NUMBER.question(), 1, 19),
                        new AttributeUse(List.of("plan"), Asked.TRUTH.question(), 1, 19),
                        new AttributeUse(List.of("plan"), Asked.NUMBER.question(), 3, 7));

        assertThat(AttributeUse.problems(uses, SCHEMA))
                .extracting(RuleProblem::line, RuleProblem::column)
                .containsExactly(tuple(1, 19), tuple(3, 7));
    }

    @Test
    void printsNothingThatIsLookedFor() {
        assertThat(new AttributeQuestion.Holds("ada@example.com").toString()).doesNotContain("ada");
    }
}

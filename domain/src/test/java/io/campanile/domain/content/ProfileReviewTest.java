package io.campanile.domain.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class ProfileReviewTest {
    private static final List<AttributeDefinition> KNOWN =
            List.of(
                    new AttributeDefinition("firstName", AttributeType.STRING),
                    new AttributeDefinition("points", AttributeType.NUMBER),
                    new AttributeDefinition("vip", AttributeType.BOOLEAN),
                    new AttributeDefinition("tags", AttributeType.LIST),
                    new AttributeDefinition("address.city", AttributeType.STRING));
    private static final AttributeSchema CLOSED = new AttributeSchema(KNOWN, true);

    private static List<Finding> review(
            String html, AttributeSchema schema, DeclaredField... declared) {
        return ProfileReview.of(new EmailContent("s", "", html, "", ""), List.of(declared), schema);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{{profile.fristName}}; profile.fristName is no attribute of the workspace's"
                        + " schema.",
                "{{#profile.nick}}{{profile.nick}}{{/profile.nick}}; profile.nick is no attribute"
                        + " of the workspace's schema.",
                "{{profile.address.town}}; profile.address.town is no attribute of the workspace's"
                        + " schema.",
                "{{profile.firstName.short}}; profile.firstName.short cannot be: by the workspace's"
                        + " schema profile.firstName is a STRING.",
                "{{#profile.lists}}{{name}}{{/profile.lists}}; profile.lists is no attribute of the"
                        + " workspace's schema.",
                "{{profile.tags}}; profile.tags cannot be printed: by the workspace's schema it is"
                        + " a LIST.",
                "{{profile.address}}; profile.address cannot be printed: by the workspace's schema"
                        + " it is a MAP.",
                "{{#profile.vip}}Lounge for {{name}}{{/profile.vip}}; profile.vip cannot be a"
                        + " list: by the workspace's schema it is a BOOLEAN.",
                "{{#profile.points}}{{.}}{{/profile.points}}; profile.points cannot be a"
                        + " list: by the workspace's schema it is a NUMBER.",
            })
    void refusesWhatNobodyCanHave(String html, String message) {
        assertThat(review(html, CLOSED))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isError()).isTrue();
                    assertThat(finding.code()).isEqualTo(Finding.Code.PROFILE_ATTRIBUTE_UNKNOWN);
                    assertThat(finding.place()).isEqualTo("content.html:1:1");
                    assertThat(finding.message()).isEqualTo(message);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{profile.firstName}} {{profile.address.city}}",
                "{{#profile.tags}}{{.}}{{/profile.tags}}",
                "{{#profile.address}}x{{/profile.address}}",
                "{{#profile.vip}}Lounge{{/profile.vip}}",
                "{{#profile.address}}{{city}}{{/profile.address}}",
                "{{#profile.address}}{{#city}}In town{{/city}}{{/profile.address}}",
                "{{context.fristName}}",
            })
    void acceptsWhatTheSchemaKnows(String html) {
        assertThat(review(html, CLOSED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{{town}}; profile.address.town is no attribute of the workspace's schema.",
                "{{city.name}}; profile.address.city.name cannot be: by the workspace's schema"
                        + " profile.address.city is a STRING.",
                "{{.}}; profile.address cannot be printed: by the workspace's schema it is a MAP.",
            })
    void refusesWhatNoMapHasBelowASectionOverIt(String tag, String message) {
        assertThat(review("{{#profile.address}}" + tag + "{{/profile.address}}", CLOSED))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place()).isEqualTo("content.html:1:21");
                    assertThat(finding.message()).isEqualTo(message);
                });
    }

    @Test
    void acceptsWhatHasADefault() {
        var declared =
                new DeclaredField("profile.nick", FieldType.STRING, false, false, "", "\"you\"");

        assertThat(review("{{profile.nick}}", CLOSED, declared)).isEmpty();
    }

    @Test
    void refusesADeclarationThatNobodyCanMeet() {
        var declared = new DeclaredField("profile.nick", FieldType.STRING, true, false, "", "");

        assertThat(review("Hello", CLOSED, declared))
                .extracting(Finding::place)
                .containsExactly("declared_fields");
    }

    /// Each schema type, with the types that content may declare for it.
    @ParameterizedTest
    @CsvSource({
        "profile.firstName, ANY STRING INTEGER TIMESTAMP URL",
        "profile.points, ANY NUMBER INTEGER",
        "profile.vip, ANY BOOLEAN",
        "profile.tags, ANY LIST",
        "profile.address, ANY OBJECT"
    })
    void refusesADeclaredTypeThatNobodyCanHave(String path, String possible) {
        for (FieldType type : FieldType.values()) {
            var declared = new DeclaredField(path, type, false, false, "", "");
            boolean isPossible = List.of(possible.split(" ")).contains(type.name());

            assertThat(review("{{#%1$s}}x{{/%1$s}}".formatted(path), CLOSED, declared))
                    .extracting(Finding::place)
                    .as("%s", type)
                    .isEqualTo(isPossible ? List.of() : List.of("declared_fields"));
        }
    }

    @Test
    void namesADeclarationAsItIsDeclared() {
        var declared =
                new DeclaredField(
                        "profile.address[].city", FieldType.BOOLEAN, false, false, "", "true");

        assertThat(review("{{#profile.address}}{{city}}{{/profile.address}}", CLOSED, declared))
                .extracting(Finding::place, Finding::message)
                .containsExactly(
                        tuple(
                                "declared_fields",
                                "profile.address[].city cannot be declared BOOLEAN: by the"
                                        + " workspace's schema it is a STRING."));
    }

    @Test
    void refusesATypeThatNobodyCanHaveDespiteADefault() {
        var declared =
                new DeclaredField("profile.vip", FieldType.STRING, false, false, "", "\"x\"");

        assertThat(review("{{profile.vip}}", CLOSED, declared))
                .extracting(Finding::message)
                .containsExactly(
                        "profile.vip cannot be declared STRING: by the workspace's schema it is a"
                                + " BOOLEAN.");
    }

    @Test
    void saysNothingOfWhatASchemaLeavesOpen() {
        assertThat(review("{{profile.fristName}}", new AttributeSchema(KNOWN, false))).isEmpty();
        assertThat(review("{{profile.fristName}}", AttributeSchema.NONE)).isEmpty();
    }
}

package io.campanile.domain.content;

import static io.campanile.domain.content.Contracts.declared;
import static io.campanile.domain.content.Contracts.ofHtml;
import static io.campanile.domain.content.Contracts.withDefault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Collectors;

/// What a contract asks for, by what templates read and authors declare.
class ContractDerivationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{{context.name}}; context.name:required",
                "{{{context.name}}}; context.name:required",
                "{{&context.name}}; context.name:required",
                "{{ context.order.id }}; context.order.id:required",
                "{{profile.firstName}}; profile.firstName:required",
                "{{#context.a}}{{context.a}}{{/context.a}}; context.a:optional",
                "{{#context.a}}{{context.a}}{{/context.a}}{{context.a}}; context.a:required",
                "{{#context.a}}{{context.b}}{{/context.a}}; context.a:optional"
                        + " context.b:required",
                "{{^context.a}}{{context.b}}{{/context.a}}; context.a:optional"
                        + " context.b:required",
                "{{#context.a}}{{.}}{{/context.a}}; context.a:optional context.a[]:required",
                "{{#context.l}}{{name}}{{/context.l}}; context.l:optional"
                        + " context.l[].name:required",
                "{{#context}}{{name}}{{/context}}; context.name:required",
                "{{#context.l}}{{#campaign.name}}{{name}}{{.}}{{/campaign.name}}{{/context.l}};"
                        + " context.l:optional context.l[].name:required",
                "{{#context.l}}{{#-index}}{{.}}{{/-index}}{{name}}{{/context.l}};"
                        + " context.l:optional context.l[].name:required",
                "{{#context.l}}{{#-first}}{{.}}{{/-first}}{{/context.l}};"
                        + " context.l:optional context.l[]:required",
                "{{campaign.name}} {{campaign.displayName}} {{message.id}}; ",
            })
    void saysWhatIsNeeded(String html, String expected) {
        String fields =
                ofHtml(html).fields().stream()
                        .map(f -> f.path() + (f.required() ? ":required" : ":optional"))
                        .collect(Collectors.joining(" "));

        assertThat(fields).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource({
        "STRING, context.coupon context.l",
        "INTEGER, context.coupon context.l",
        "BOOLEAN, context.coupon context.l context.l[]"
    })
    void takesASingleValueForItselfInsideASectionOverIt(FieldType type, String paths) {
        Contract contract =
                ofHtml(
                        "{{#context.l}}{{#context.coupon}}{{.}}{{/context.coupon}}{{/context.l}}",
                        declared("context.coupon", type));

        assertThat(contract.fields())
                .extracting(ContractField::path)
                .containsExactly(paths.split(" "));
    }

    @Test
    void looksAtEveryPart() {
        var content =
                new EmailContent(
                        "{{context.a}}",
                        "{{context.b}}",
                        "{{context.c}}",
                        "{{context.d}}",
                        "{{context.e}}");

        assertThat(Contract.of(content, List.of()).fields())
                .extracting(ContractField::path)
                .containsExactly("context.a", "context.b", "context.c", "context.d", "context.e");
    }

    @Test
    void takesTheAuthorsWordForTypeSensitivityAndExample() {
        var declared =
                new DeclaredField("context.code", FieldType.STRING, false, true, "\"123\"", "");

        Contract contract = ofHtml("{{context.code}}", declared);

        assertThat(contract.fields())
                .containsExactly(
                        new ContractField(
                                "context.code", FieldType.STRING, true, true, true, "\"123\"", ""));
        assertThat(contract.sensitivePaths()).containsExactly("context.code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context.order.code",
                "context.lines[].code",
                "context.lines[].code.value",
                "context.grid[].cells[].code",
                "context.codes[]"
            })
    void keepsSensitiveWhatNoTemplateReads(String path) {
        Contract contract =
                ofHtml("Hello.", new DeclaredField(path, FieldType.STRING, false, true, "", ""));

        assertThat(contract.sensitivePaths()).containsExactly(path);
    }

    @Test
    void needsNothingThatHasADefault() {
        Contract contract =
                ofHtml("{{context.a}}", withDefault("context.a", FieldType.STRING, "\"x\""));

        assertThat(contract.fields()).singleElement().matches(field -> !field.required());
    }
}

package io.campanile.domain.content;

import static io.campanile.domain.content.Contracts.ofHtml;
import static io.campanile.domain.content.Contracts.withDefault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// What declared fields put in the place of missing values.
class ContractDefaultsTest {
    @Test
    void standInForAnObjectThatIsFalse() {
        Contract contract =
                ofHtml(
                        "{{context.order.id}}",
                        withDefault("context.order.id", FieldType.STRING, "\"x\""));

        for (Object none : List.of(false, "")) {
            Map<String, Object> context = Map.of("order", none);

            assertThat(contract.check(context, Map.of())).isEmpty();
            assertThat(contract.contextWithDefaults(context))
                    .isEqualTo(Map.of("order", Map.of("id", "x")));
        }
    }

    @Test
    void stepInWhereTheTriggerSaysNothing() {
        Contract contract =
                ofHtml(
                        "{{context.order.currency}}{{#context.l}}{{x}}{{/context.l}}",
                        withDefault("context.order.currency", FieldType.STRING, "\"EUR\""),
                        withDefault("context.l[].x", FieldType.INTEGER, "7"));
        Map<String, Object> context = Map.of("l", List.of(Map.of(), Map.of("x", 1L)));

        assertThat(contract.check(context, Map.of())).isEmpty();
        assertThat(contract.contextWithDefaults(context))
                .isEqualTo(
                        Map.of(
                                "order",
                                Map.of("currency", "EUR"),
                                "l",
                                List.of(Map.of("x", 7L), Map.of("x", 1L))));
    }

    @Test
    void areCompletedByThoseBelowThem() {
        Contract contract =
                ofHtml(
                        "{{context.a.b}}{{context.a.c}}",
                        withDefault("context.a", FieldType.OBJECT, "{\"c\":1}"),
                        withDefault("context.a.b", FieldType.ANY, "2"));

        assertThat(contract.contextWithDefaults(Map.of()))
                .isEqualTo(Map.of("a", Map.of("b", 2L, "c", 1L)));
    }

    @Test
    void stepInForBlankTexts() {
        Contract contract =
                ofHtml(
                        "{{context.name}}{{context.other}}{{context.url}}",
                        withDefault("context.name", FieldType.STRING, "\"there\""),
                        withDefault("context.url", FieldType.URL, "\"https://example.com/\""));
        Map<String, Object> context = Map.of("name", " ", "other", "", "url", "");

        assertThat(contract.check(context, Map.of())).isEmpty();
        assertThat(contract.contextWithDefaults(context))
                .isEqualTo(Map.of("name", "there", "other", "", "url", "https://example.com/"));
    }

    @Test
    void leaveTheTriggersOwnValuesAlone() {
        Contract contract =
                ofHtml(
                        "{{profile.name}}",
                        withDefault("profile.name", FieldType.STRING, "\"there\""));

        assertThat(contract.profileWithDefaults(Map.of("name", "Ann", "other", 1L)))
                .isEqualTo(Map.of("name", "Ann", "other", 1L));
    }

    @Test
    void doNotBringBackWhatASectionGuards() {
        Contract contract =
                ofHtml(
                        "{{#context.o}}{{context.o.x}}{{/context.o}}",
                        withDefault("context.o.x", FieldType.STRING, "\"d\""));

        assertThat(contract.contextWithDefaults(Map.of())).isEmpty();
    }

    @Test
    void costNothingWhenThereAreNone() {
        Map<String, Object> context = Map.of("a", "b");

        assertThat(ofHtml("{{context.a}}").contextWithDefaults(context)).isSameAs(context);
    }
}

package io.campanile.application.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.Payload;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class SensitiveDataTest {
    private static final Payload WHOLE =
            new Payload(
                    Map.of(
                            "code", "123456",
                            "order", Map.of("id", "A-1", "iban", "DE00"),
                            "items", List.of(Map.of("name", "tea", "note", "private"))),
                    Map.of("firstName", "Ada"));

    private static SensitiveData.Parts split(String... paths) {
        return SensitiveData.split(WHOLE, List.of(paths));
    }

    @Test
    void takesOnlyWhatIsSensitiveOut() {
        SensitiveData.Parts parts = split("context.code", "context.order.iban");

        assertThat(parts.plain().context())
                .doesNotContainKey("code")
                .containsEntry("order", Map.of("id", "A-1"));
        assertThat(parts.sensitive().context())
                .isEqualTo(Map.of("code", "123456", "order", Map.of("iban", "DE00")));
    }

    @Test
    void takesTheWholeListOfASensitiveElement() {
        SensitiveData.Parts parts = split("context.items[].note");

        assertThat(parts.plain().context()).doesNotContainKey("items");
        assertThat(parts.sensitive().context()).containsOnlyKeys("items");
    }

    @Test
    void joinsToTheWholeAgain() {
        assertThat(
                        SensitiveData.join(
                                split("context.code", "context.order.iban", "profile.firstName")))
                .isEqualTo(WHOLE);
    }

    @Test
    void leavesTheOriginalAlone() {
        split("context.order.iban");

        assertThat(WHOLE.context())
                .extracting("order")
                .isEqualTo(Map.of("id", "A-1", "iban", "DE00"));
    }

    @Test
    void passesOverPathsThatAreNotThere() {
        assertThat(split("context.missing.deep", "context.code.deeper").plain()).isEqualTo(WHOLE);
    }
}

package io.campanile.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

class AttributesTest {
    @Test
    void areEqualByTheValuesOfNumbersWhateverTheirTypes() {
        var sent = new Attributes(Map.of("spent", 1.5, "orders", List.of(Map.of("total", 20.0))));
        var stored =
                new Attributes(
                        Map.of(
                                "spent",
                                new BigDecimal("1.50"),
                                "orders",
                                List.of(Map.of("total", 20L))));

        assertThat(sent).isEqualTo(stored).hasSameHashCodeAs(stored);
    }

    @Test
    void differByOtherValues() {
        var attributes = new Attributes(Map.of("spent", 1.5));

        assertThat(attributes)
                .isNotEqualTo(new Attributes(Map.of("spent", 1.51)))
                .isNotEqualTo(new Attributes(Map.of("spent", "1.5")))
                .isNotEqualTo(new Attributes(Map.of("spend", 1.5)))
                .isNotEqualTo(Attributes.NONE);
    }
}

package io.campanile.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Category;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneTest {
    @ParameterizedTest
    @CsvSource({
        "TRANSACTIONAL, STANDARD, TRANSACTIONAL",
        "TRANSACTIONAL, HIGH_THROUGHPUT, HIGH_THROUGHPUT",
        "MARKETING, STANDARD, MARKETING",
        "MARKETING, HIGH_THROUGHPUT, MARKETING"
    })
    void dependsOnCategoryAndMode(Category category, DeliveryMode mode, Lane lane) {
        assertThat(Lane.of(category, mode)).isEqualTo(lane);
    }
}

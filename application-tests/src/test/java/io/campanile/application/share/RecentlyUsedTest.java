package io.campanile.application.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
    private final RecentlyUsed<String, Integer> recent = new RecentlyUsed<>(10);

    @Test
    void forgetsTheLeastRecentlyUsedFirst() {
        recent.put("a", 1, 4);
        recent.put("b", 2, 4);
        assertThat(recent.get("a")).isEqualTo(1);

        recent.put("c", 3, 4);

        assertThat(recent.get("b")).isNull();
        assertThat(recent.get("a")).isEqualTo(1);
        assertThat(recent.get("c")).isEqualTo(3);
    }

    @Test
    void forgetsAsManyAsWeighTooMuch() {
        recent.put("a", 1, 4);
        recent.put("b", 2, 4);

        recent.put("c", 3, 10);

        assertThat(recent.get("a")).isNull();
        assertThat(recent.get("b")).isNull();
        assertThat(recent.get("c")).isEqualTo(3);
    }

    @Test
    void keepsTheLastHoweverMuchItWeighs() {
        recent.put("a", 1, 99);
        assertThat(recent.get("a")).isEqualTo(1);

        recent.put("b", 2, 1);
        assertThat(recent.get("a")).isNull();
        assertThat(recent.get("b")).isEqualTo(2);
    }

    @Test
    void weighsWhatComesInPlaceOfAnotherOnce() {
        recent.put("a", 1, 4);
        for (int round = 0; round < 9; round++) {
            recent.put("b", round, 4);
        }

        assertThat(recent.get("a")).isEqualTo(1);
        assertThat(recent.get("b")).isEqualTo(8);
    }
}

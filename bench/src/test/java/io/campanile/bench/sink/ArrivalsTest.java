package io.campanile.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    @Test
    void takesMailsToAnybody() {
        arrivals.expect(1);

        arrivals.take("reader24@example.com", "<one>");
        arrivals.take("ada", "<two>");
        arrivals.take("r7@example.com", "<three>");

        assertThat(arrivals.total()).isEqualTo(3);
        assertThat(arrivals.micros()).containsExactly(0);
    }

    @Test
    void notesWhenThoseItExpectsCame() {
        arrivals.expect(2);

        arrivals.take("r1@example.com", "<one>");
        arrivals.take("r1@example.com", "<one>");

        assertThat(arrivals.micros()[0]).isZero();
        assertThat(arrivals.micros()[1]).isPositive();
        assertThat(arrivals.doubled()).isEqualTo(1);
    }
}

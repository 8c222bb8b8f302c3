package io.campanile.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChecksTest {
    @Test
    void keepsThePromisesThatWereBroken() {
        var checks = new Checks();

        checks.that("one mail arrived", true);
        checks.that("another did", false);

        assertThat(checks.failed()).containsExactly("another did");
    }
}

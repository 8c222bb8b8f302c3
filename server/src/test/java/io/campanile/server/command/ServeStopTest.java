package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServeStopTest {
    private final ServeCommand.Stop stop = new ServeCommand.Stop();

    @Test
    void endsWithZeroWhenItWasAskedForAndWentWell() {
        assertThat(stop.exitCode(() -> {})).isZero();
    }

    @Test
    void endsWithOneWhenItDidNotGoWell() {
        assertThat(
                        stop.exitCode(() -> {
                            throw new IllegalStateException("did not end in time");
                        }))
                .isEqualTo(1);
    }

    @Test
    void endsWithOneWhenNobodyAskedForItOrAThreadWasGone() {
        stop.noteDisorder();

        assertThat(stop.exitCode(() -> {})).isEqualTo(1);
    }
}

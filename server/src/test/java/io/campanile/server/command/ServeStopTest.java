package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServeStopTest {
    @Test
    void endsWithZeroWhenItWasAskedForAndWentWell() {
        assertThat(new ServeCommand.Stop(() -> {}).exitCode()).isZero();
    }

    @Test
    void endsWithOneWhenItDidNotGoWell() {
        var stop =
                new ServeCommand.Stop(() -> {
                    throw new IllegalStateException("did not end in time");
                });

        assertThat(stop.exitCode()).isEqualTo(1);
    }

    @Test
    void endsWithOneWhenNobodyAskedForIt() {
        var stop = new ServeCommand.Stop(() -> {});
        stop.isUnasked();

        assertThat(stop.exitCode()).isEqualTo(1);
    }
}

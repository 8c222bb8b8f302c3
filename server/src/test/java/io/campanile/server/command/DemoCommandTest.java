package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

class DemoCommandTest {
    private final StringWriter said = new StringWriter();
    private final PrintWriter err = new PrintWriter(said);

    @Test
    void endsWithZeroWhenEverythingWentAsPromised() {
        assertThat(DemoCommand.exitCode(List.of(), err)).isZero();
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void endsWithOneAndSaysWhichPromisesWereBroken() {
        assertThat(DemoCommand.exitCode(List.of("three mails arrived", "it is late"), err))
                .isEqualTo(1);
        assertThat(said.toString().lines())
                .containsExactly(
                        "Not as promised: three mails arrived", "Not as promised: it is late");
    }
}

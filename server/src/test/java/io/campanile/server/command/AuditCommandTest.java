package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.operation.port.Invariants.Finding;

import org.junit.jupiter.api.Test;

import java.util.List;

class AuditCommandTest {
    private static final Finding ONE = new Finding("one", "1", "");
    private static final Finding ANOTHER = new Finding("another", "1", "");

    @Test
    void countsWhatWasFound() {
        assertThat(AuditCommand.summary(List.of(), 2)).isEqualTo("All is well.");
        assertThat(AuditCommand.summary(List.of(ONE, ANOTHER), 2)).isEqualTo("2 findings.");
    }

    @Test
    void saysThatThereMayBeMoreThanTheLimit() {
        assertThat(AuditCommand.summary(List.of(ONE, ONE, ANOTHER), 2))
                .isEqualTo("At least 3 findings.");
    }
}

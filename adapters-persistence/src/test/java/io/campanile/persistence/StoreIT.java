package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;

class StoreIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final IllegalArgumentException first = new IllegalArgumentException("by the test");

    /// The connection has broken meanwhile, so that its time limits cannot be reset.
    private Object failOnABrokenConnection(Handle handle) {
        assertThatThrownBy(() -> handle.execute("SELECT pg_terminate_backend(pg_backend_pid())"))
                .isNotNull();
        throw first;
    }

    @Test
    void saysWhatALongTransactionFailedOf() {
        Store store = STORE.database().store();

        assertThatThrownBy(() -> store.inLongTransaction(PATIENCE, this::failOnABrokenConnection))
                .isSameAs(first);
        assertThat(first.getSuppressed()).isNotEmpty();
    }

    @Test
    void saysWhatLongStatementsFailedOf() {
        Store store = STORE.database().store();

        assertThatThrownBy(() -> store.inLongStatements(PATIENCE, this::failOnABrokenConnection))
                .isSameAs(first);
        assertThat(first.getSuppressed()).isNotEmpty();
    }
}

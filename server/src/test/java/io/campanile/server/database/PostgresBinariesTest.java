package io.campanile.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresBinariesTest {
    @Test
    void saysWhatToDoWhereRootCannotBeSetAside() {
        assertThat(
                        PostgresBinaries.failure(
                                "initdb", "unshare: unshare failed: Operation not permitted\n"))
                .hasMessageContaining("does not run as root")
                .hasMessageContaining("CAMPANILE_DATABASE_URL");
    }

    @Test
    void repeatsWhatAProgramComplainedAbout() {
        assertThat(PostgresBinaries.failure("initdb", "busy\ninitdb: error: no room\nhint\n"))
                .hasMessage("PostgreSQL's initdb failed: initdb: error: no room");
    }
}

package io.campanile.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

class PostgresBinariesTest {
    @Test
    void learnsNothingOfTheNodesSettings() {
        var environment =
                new HashMap<>(
                        Map.of(
                                "CAMPANILE_OWNER_KEY", "cmp_x",
                                "CAMPANILE_SECRET_KEY", "a:b",
                                "PGHOST", "elsewhere",
                                "LC_ALL", "de_AT.UTF-8",
                                "PATH", "/usr/bin"));

        PostgresBinaries.clean(environment);

        assertThat(environment)
                .containsExactlyInAnyOrderEntriesOf(Map.of("LC_ALL", "C", "PATH", "/usr/bin"));
    }

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

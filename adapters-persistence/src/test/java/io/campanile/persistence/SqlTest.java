package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

import java.util.Map;

class SqlTest {
    private static final String FILE = "message-with-parts.sql";

    @Test
    void leavesCommentsAndIndentationOut() {
        assertThat(statement(Map.of("columns", "m.address", "condition", "true")))
                .isEqualTo(
                        """
                        SELECT m.message_id, m.payload ->> 'ключ' AS key,
                        m.address
                        FROM message m
                        WHERE m.message_id = :message::uuid AND true\
                        """);
    }

    @Test
    void takesPartsAsTheyAre() {
        String part = "m.address ~ '^\\$1$' AND m.address <> '${columns}'";

        assertThat(statement(Map.of("columns", "m.address", "condition", part)))
                .endsWith(" AND " + part);
    }

    @Test
    void failsWhereAPartIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> statement(Map.of("columns", "m.address")))
                .withMessage(FILE + " has places for [columns, condition], not [columns]");
    }

    @Test
    void failsWhereAPartHasNoPlace() {
        assertThatIllegalStateException()
                .isThrownBy(() -> statement(Map.of("columns", "", "condition", "", "order", "")))
                .withMessageEndingWith("not [columns, condition, order]");
    }

    @Test
    void failsWhereThePartsAreForgotten() {
        assertThatIllegalStateException().isThrownBy(() -> Sql.of(SqlTest.class, FILE));
    }

    @Test
    void failsWithoutTheFile() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Sql.of(SqlTest.class, "lost.sql"))
                .withMessage("lost.sql is not beside io.campanile.persistence.SqlTest");
    }

    private static String statement(Map<String, String> parts) {
        return Sql.of(SqlTest.class, FILE, parts);
    }
}

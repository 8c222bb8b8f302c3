package io.campanile.persistence;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Plans for statements that find some rows by an index of a table that is empty at one time and
/// holds millions at another: a plan that is kept may have been made when it was empty, and reads
/// it as a whole.
public final class KeyedPlans {
    private static final String MADE_NOW_BY_INDEX =
            "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_seqscan = off";

    private static final StatementCustomizer NOT_KEPT =
            new StatementCustomizer() {
                @Override
                public void beforeExecution(PreparedStatement statement, StatementContext context)
                        throws SQLException {
                    statement.unwrap(PGStatement.class).setPrepareThreshold(0);
                }
            };

    private KeyedPlans() {}

    /// Plans anew, by indexes, until the end of the running transaction.
    public static void use(Handle handle) {
        handle.execute(MADE_NOW_BY_INDEX);
    }

    /// Plans this statement each time it runs. The same text must not run without this: what the
    /// driver has prepared stays so.
    public static <S extends SqlStatement<S>> S anew(S statement) {
        return statement.addCustomizer(NOT_KEPT);
    }
}

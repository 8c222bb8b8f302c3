package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.store.StoreUnavailable;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class PiecesIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    /// So many rows are too heavy for one statement.
    private static final int HEAVY = 50;

    @AutoClose
    private final Database impatient =
            new Database(STORE.settings("impatient", Duration.ofSeconds(1)));

    private final List<Integer> tried = new ArrayList<>();

    @Test
    void areATenthWhereAStatementTakesTooLongAndThenGrow() {
        int walked = impatient.store().inStatement(this::walk);

        assertThat(tried).containsExactly(1_000, 100, 10, 20, 40, 80, 8);
        assertThat(walked).isEqualTo(10 + 20 + 40 + 8);
    }

    @Test
    void goOnInTheSameTransaction() {
        int walked = impatient.store().inTransaction(this::walk);

        assertThat(walked).isEqualTo(10 + 20 + 40 + 8);
    }

    private int walk(Handle handle) {
        var pieces = new Pieces(1_000);
        int walked = 0;
        for (int i = 0; i < 4; i++) {
            walked += pieces.next(handle, rows -> look(handle, rows));
        }
        return walked;
    }

    private int look(Handle handle, int rows) {
        tried.add(rows);
        handle.execute(rows < HEAVY ? "SELECT 1" : "SELECT pg_sleep(60)");
        return rows;
    }

    @Test
    void endWithARowThatIsTooHeavyByItself() {
        assertThatThrownBy(() ->
                        impatient
                                .store()
                                .inStatement(handle ->
                                        new Pieces(10)
                                                .next(handle, rows -> look(handle, rows * HEAVY))))
                .isInstanceOf(StoreUnavailable.class);

        assertThat(tried).containsExactly(10 * HEAVY, HEAVY);
    }

    @Test
    void areAsLargeAsTheyMayBeWhereNothingIsHeavy() {
        impatient
                .store()
                .inStatement(handle -> {
                    var pieces = new Pieces(3, 30);
                    return pieces.next(handle, rows -> look(handle, rows))
                            + pieces.next(handle, rows -> look(handle, rows))
                            + pieces.next(handle, rows -> look(handle, rows));
                });

        assertThat(tried).containsExactly(3, 30, 30);
    }
}

package io.campanile.persistence.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.persistence.Database;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.StoreExtension;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;

/// Request ids are forgotten for as long as there are triggers: each time reads what it forgets,
/// however often others have taken the places of those that are gone.
class RequestIdPlansIT {
    private static final int KEPT_DAYS = 3;
    private static final int CYCLES = 4;
    private static final int A_DAY = 6_000;
    private static final int AT_ONCE = 500;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String TRIGGERS_ARRIVE =
            """
            INSERT INTO trigger_key (campaign_id, request_id, digest, execution_id, create_time)
            SELECT md5('campaign')::uuid, 'order-' || :day || '-' || n, sha256('order'), gen_random_uuid(),
              :begin::timestamptz + n * interval '10 seconds'
            FROM generate_series(1, :keys) AS n
            """;

    @Test
    void forgetsWithoutReadingWhatIsKept() {
        try (var database = new Database(STORE.settings("plans", 1, 1))) {
            var intake = new JdbiIntakeStore(database.hot());
            for (int day = 0; day < KEPT_DAYS + CYCLES; day++) {
                arrive(database, day);
                Instant before = start(day + 1 - KEPT_DAYS);
                int forgotten = 0;
                int last;
                do {
                    last = forgottenReadingLittle(database, intake, before);
                    forgotten += last;
                } while (last == AT_ONCE);
                assertThat(forgotten).isEqualTo(day < KEPT_DAYS ? 0 : A_DAY);
                // As autovacuum does: new rows take the places of old ones.
                database.store().inStatement(handle -> handle.execute("VACUUM trigger_key"));
            }
        }
    }

    private static int forgottenReadingLittle(
            Database database, JdbiIntakeStore intake, Instant before) {
        return database.hot()
                .inTransaction(handle -> {
                    long readBefore = rowsRead(handle);
                    int forgotten = intake.forgetRequestIds(before, AT_ONCE);
                    // Each is found, locked and deleted.
                    assertThat(rowsRead(handle) - readBefore).isLessThanOrEqualTo(4L * AT_ONCE);
                    return forgotten;
                });
    }

    private static void arrive(Database database, int day) {
        database.store()
                .inStatement(handle ->
                        handle.createUpdate(TRIGGERS_ARRIVE)
                                .bind("day", day)
                                .bind("begin", start(day))
                                .bind("keys", A_DAY)
                                .execute());
    }

    private static Instant start(int day) {
        return FIRST.plus(Duration.ofDays(day));
    }

    private static long rowsRead(Handle handle) {
        return RowsRead.soFar(handle, "trigger_key");
    }
}

package io.campanile.application.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.testkit.log.LogLines;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class OutageLogTest {
    private final AtomicLong time = new AtomicLong();
    private final OutageLog log = new OutageLog(OutageLogTest.class, time::get);
    @AutoClose private final LogLines lines = LogLines.of(OutageLogTest.class.getName());

    private void fail(String reason) {
        log.warn(
                "it waits",
                StoreUnavailable.because(reason, new IllegalStateException("by the test's will")));
    }

    @Test
    void saysWhatWaitsAndWhy() {
        fail("sqlstate 53100");

        assertThat(lines.all()).containsExactly("WARNING it waits cause=sqlstate 53100");
    }

    @Test
    void saysItOnceInFiveSecondsHoweverOftenItIsTried() {
        for (int second = 0; second < 6; second++) {
            fail("sqlstate 53100");
            fail("sqlstate 53100");
            time.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(lines.all()).hasSize(2);
    }

    @Test
    void saysAtOnceThatTheCauseIsAnother() {
        fail("sqlstate 53100");
        fail("sqlstate 57P03");
        fail("sqlstate 53100");

        assertThat(lines.all())
                .containsExactly(
                        "WARNING it waits cause=sqlstate 53100",
                        "WARNING it waits cause=sqlstate 57P03");
    }
}

package io.campanile.grpc.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class ExecutionWatchesTest {
    @ParameterizedTest(name = "a look of {0}")
    @CsvSource({
        "PT0S, PT0S",
        "PT0.01S, PT0.09S",
        "PT1S, PT9S",
        "PT1.2S, PT10S",
        "PT5M, PT10S",
    })
    void restsNineTimesAsLongAsALookTookAndTenSecondsAtMost(Duration look, Duration rest) {
        assertThat(ExecutionWatches.restNanos(look.toNanos())).isEqualTo(rest.toNanos());
    }
}

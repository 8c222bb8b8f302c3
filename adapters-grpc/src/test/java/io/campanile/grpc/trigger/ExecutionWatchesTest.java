package io.campanile.grpc.trigger;

import static io.campanile.grpc.call.ErrorDetails.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Refused;
import io.campanile.grpc.testing.Waiting;
import io.campanile.v1.ErrorReason;
import io.grpc.Status.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

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

    @Test
    void takesFiveHundredOfAWorkspaceAndSaysToWhoeverComesThenWhenToComeBack() {
        try (var watches = new ExecutionWatches()) {
            List<ExecutionWatches.Watch> open =
                    Stream.generate(() -> endless(WorkspaceId.DEFAULT)).limit(500).toList();
            open.forEach(watches::add);

            var error = refusal(() -> watches.add(endless(WorkspaceId.DEFAULT)));
            watches.add(endless(new WorkspaceId("other")));
            watches.remove(open.getFirst());
            watches.add(endless(WorkspaceId.DEFAULT));

            assertThat(Refused.of(error))
                    .isEqualTo(
                            Refused.forNow(
                                    Code.RESOURCE_EXHAUSTED,
                                    ErrorReason.ERROR_REASON_TOO_MANY_WAITERS,
                                    Duration.ofSeconds(5)));
        }
    }

    @Test
    void tellOfAnErrorInsteadOfNeverLookingAgain() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        List<Throwable> reached = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> reached.add(thrown));
        var error = new StackOverflowError("by the test's will");
        try (var watches = new ExecutionWatches()) {
            watches.add(endingAtTheSecondLook(error));

            Waiting.until(() -> reached.contains(error));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static ExecutionWatches.Watch endingAtTheSecondLook(Error error) {
        var looks = new AtomicInteger();
        return new ExecutionWatches.Watch() {
            @Override
            public WorkspaceId workspace() {
                return WorkspaceId.DEFAULT;
            }

            @Override
            public boolean look() {
                if (looks.getAndIncrement() > 0) {
                    throw error;
                }
                return true;
            }
        };
    }

    /// One that always has more to come, and is no other's equal.
    private static ExecutionWatches.Watch endless(WorkspaceId workspace) {
        return new ExecutionWatches.Watch() {
            @Override
            public WorkspaceId workspace() {
                return workspace;
            }

            @Override
            public boolean look() {
                return true;
            }
        };
    }
}

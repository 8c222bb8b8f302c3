package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.application.store.StoreUnavailable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class StopStepsTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final List<String> made = new ArrayList<>();

    @Test
    void areMadeOneAfterTheOther() throws InterruptedException {
        StopSteps steps = StopSteps.within(LONG);

        steps.run("one", () -> made.add("one"));
        steps.run("two", () -> made.add("two"));

        assertThat(made).containsExactly("one", "two");
        assertThatCode(steps::refuseDisorder).doesNotThrowAnyException();
    }

    @Test
    void leaveBehindWhatNeverEnds() throws InterruptedException {
        var never = new CountDownLatch(1);
        var next = new CountDownLatch(1);
        StopSteps steps = StopSteps.within(Duration.ofMillis(50));

        steps.run("hangs", never::await);
        steps.run("next", next::countDown);
        next.await();

        assertThatIllegalStateException()
                .isThrownBy(steps::refuseDisorder)
                .withMessageContaining("hangs");
    }

    @Test
    void goOnWhateverFails() throws InterruptedException {
        StopSteps steps = StopSteps.within(LONG);

        steps.run(
                "fails",
                () -> {
                    throw new IllegalArgumentException("by the test's will");
                });
        steps.run("next", () -> made.add("next"));

        assertThat(made).containsExactly("next");
        assertThatIllegalArgumentException().isThrownBy(steps::refuseDisorder);
    }

    @Test
    void takeADatabaseThatIsAwayForGoodOrder() throws InterruptedException {
        StopSteps steps = StopSteps.within(LONG);

        steps.run(
                "retire",
                () -> {
                    throw new StoreUnavailable(
                            "away", new IllegalStateException("by the test's will"));
                });

        assertThatCode(steps::refuseDisorder).doesNotThrowAnyException();
    }
}

package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldBytesTest {
    private final RequestBudget budget = new RequestBudget(100);
    private final HeldBytes held = new HeldBytes(budget);

    @Test
    void countWhatArrivesUntilItIsRead() {
        assertThat(held.arrived(40)).isTrue();
        assertThat(held.arrived(50)).isTrue();
        assertThat(budget.held()).isEqualTo(90);

        assertThat(held.read(95, false)).isTrue();

        assertThat(budget.held()).isEqualTo(95);
        assertThat(held.latest()).isEqualTo(95);
        held.end();
        assertThat(budget.held()).isZero();
    }

    @Test
    void refuseWhatIsTooMuchAndWhatWasAskedForAtTwiceAsMuch() {
        assertThat(held.read(100, false)).isTrue();
        assertThat(held.room()).isZero();
        assertThat(held.read(1, false)).isFalse();
        assertThat(held.read(99, true)).isTrue();
        assertThat(held.read(1, true)).isFalse();
        assertThat(held.arrived(99)).isTrue();
        assertThat(held.arrived(1)).isFalse();
    }

    @Test
    void refuseALargeAnswerWhileOthersWereNotReadAndNeverASmallOne() {
        int large = HeldBytes.ALWAYS_ANSWERED + 1;
        HeldBytes another = new HeldBytes(budget);

        assertThat(held.answer(large, false)).isTrue();
        assertThat(another.answer(large, false)).isFalse();
        assertThat(another.answer(HeldBytes.ALWAYS_ANSWERED, false)).isTrue();
        assertThat(budget.answers()).isEqualTo(large + HeldBytes.ALWAYS_ANSWERED);
        assertThat(another.room()).isEqualTo(100);

        held.answersLeft();
        another.streamClosed();
        assertThat(budget.answers()).isZero();
        assertThat(another.answer(large, false)).isTrue();
        assertThat(budget.answers()).isZero();
    }

    @Test
    void leaveTwiceAsMuchRoomToWhatBecameOfTriggers() {
        int large = HeldBytes.ALWAYS_ANSWERED + 1;
        var roomy = new RequestBudget(2L * large);
        var answers = new HeldBytes(roomy);
        for (int i = 0; i < 2; i++) {
            assertThat(answers.answer(large, false)).isTrue();
        }

        assertThat(answers.answer(large, false)).isFalse();
        for (int i = 0; i < 2; i++) {
            assertThat(answers.answer(large, true)).isTrue();
        }
        assertThat(answers.answer(large, true)).isFalse();
    }

    @Test
    void areGivenBackOnceHoweverACallEnds() {
        held.arrived(10);
        held.read(60, false);
        held.arrived(30);
        held.giveBack(20);
        held.streamClosed();
        held.streamClosed();
        held.end();
        held.end();
        held.giveBack(40);
        held.read(5, false);

        assertThat(budget.held()).isZero();
    }
}

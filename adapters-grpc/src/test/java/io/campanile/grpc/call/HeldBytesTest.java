package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldBytesTest {
    private static final int SMALL = RequestBudget.SMALL_BYTES;
    private static final int LARGE = SMALL + 1;

    private final RequestBudget budget = new RequestBudget(4 * LARGE);
    private final HeldBytes held = new HeldBytes(budget);
    private final HeldBytes ofOthers = new HeldBytes(budget);

    @BeforeEach
    void countForTwoWorkspaces() {
        held.countFor(WorkspaceId.DEFAULT);
        ofOthers.countFor(new WorkspaceId("others"));
    }

    @Test
    void countWhatIsReadUntilTheCallEnds() {
        assertThat(held.read(95, false)).isTrue();
        assertThat(held.read(LARGE, false)).isTrue();

        assertThat(budget.held()).isEqualTo(95 + LARGE);
        assertThat(held.latest()).isEqualTo(LARGE);
        held.end();
        assertThat(budget.held()).isZero();
    }

    @Test
    void refuseMoreThanHalfForAWorkspaceAndWhatWasAskedForAtTwiceAsMuch() {
        assertThat(held.read(LARGE, false)).isTrue();
        assertThat(held.read(LARGE, false)).isTrue();
        assertThat(held.room(LARGE)).isZero();
        assertThat(held.read(LARGE, false)).isFalse();
        held.giveBack(LARGE);
        assertThat(ofOthers.room(LARGE)).isEqualTo(2 * LARGE);
        assertThat(held.read(LARGE, true)).isTrue();
        assertThat(held.read(LARGE, true)).isTrue();
        assertThat(held.read(LARGE, true)).isFalse();
    }

    @Test
    void refuseMoreThanTheBoundForAll() {
        var third = new HeldBytes(budget);
        third.countFor(new WorkspaceId("third"));
        for (HeldBytes each : new HeldBytes[] {held, ofOthers}) {
            assertThat(each.read(LARGE, false)).isTrue();
            assertThat(each.read(LARGE, false)).isTrue();
        }

        assertThat(third.read(LARGE, false)).isFalse();
    }

    @Test
    void takeSmallOnesHoweverManyLargeOnesThereAreAndBesideThoseThatStreamsAskFor() {
        for (int i = 0; i < 10; i++) {
            var _ = held.read(LARGE, true);
        }

        assertThat(held.room(SMALL)).isEqualTo(LARGE);
        assertThat(held.read(SMALL, true)).isTrue();
        assertThat(held.room(SMALL)).isEqualTo(1);
        assertThat(held.read(SMALL, false)).isTrue();
        assertThat(held.read(SMALL, false)).isFalse();
        held.giveBack(SMALL);
        assertThat(ofOthers.read(SMALL, false)).isTrue();
    }

    @Test
    void countNothingThatNobodysKeyIsFor() {
        var open = new HeldBytes(budget);

        assertThat(open.read(LARGE, false)).isTrue();

        assertThat(budget.held()).isZero();
        assertThat(open.answer(4 * LARGE, false)).isTrue();
        assertThat(held.answer(4 * LARGE, false)).isTrue();
        assertThat(budget.answers()).isEqualTo(8 * LARGE);
        open.streamClosed();
        open.end();
        assertThat(budget.answers()).isEqualTo(4 * LARGE);
    }

    @Test
    void refuseALargeAnswerWhileOthersWereNotReadAndNeverASmallOne() {
        assertThat(held.answer(4 * LARGE, false)).isTrue();
        assertThat(ofOthers.answer(LARGE, false)).isFalse();
        assertThat(ofOthers.answer(SMALL, false)).isTrue();
        assertThat(budget.answers()).isEqualTo(4 * LARGE + SMALL);
        assertThat(ofOthers.room(LARGE)).isEqualTo(2 * LARGE);

        held.answersLeft();
        ofOthers.streamClosed();
        assertThat(budget.answers()).isZero();
        assertThat(ofOthers.answer(LARGE, false)).isTrue();
        assertThat(budget.answers()).isZero();
    }

    @Test
    void leaveTwiceAsMuchRoomToWhatBecameOfTriggers() {
        for (int i = 0; i < 4; i++) {
            assertThat(held.answer(LARGE, false)).isTrue();
        }

        assertThat(held.answer(LARGE, false)).isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(held.answer(LARGE, true)).isTrue();
        }
        assertThat(held.answer(LARGE, true)).isFalse();
    }

    @Test
    void areGivenBackOnceHoweverACallEnds() {
        var _ = held.read(60, false);
        var _ = held.read(LARGE, false);
        held.giveBack(20);
        held.streamClosed();
        held.streamClosed();
        held.end();
        held.end();
        held.giveBack(40);
        var _ = held.read(5, false);

        assertThat(budget.held()).isZero();
    }
}

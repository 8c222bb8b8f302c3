package io.campanile.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.bench.load.LoadResult;

import org.junit.jupiter.api.Test;

import java.util.List;

class StoredTriggersTest {
    private static final List<LoadResult> ANSWERS = List.of(answers(60, 5, 0), answers(40, 5, 2));

    private static LoadResult answers(long accepted, long refused, long failed) {
        return new LoadResult(0, 1, accepted, refused, failed, "", 0, 1, 1, 1, 1);
    }

    @Test
    void whatWasAcceptedIsThereOnce() {
        var stored = new StoredTriggers(100, 100, 100);

        assertThat(stored.lost(ANSWERS)).isZero();
        assertThat(stored.duplicated(ANSWERS)).isZero();
    }

    @Test
    void whatFailedMayBeThereOrNot() {
        assertThat(new StoredTriggers(102, 102, 102).duplicated(ANSWERS)).isZero();
    }

    @Test
    void whatWasAcceptedAndIsNotThereIsLost() {
        assertThat(new StoredTriggers(97, 97, 97).lost(ANSWERS)).isEqualTo(3);
    }

    @Test
    void moreThanOneForARequestOrARecipientIsDuplicated() {
        assertThat(new StoredTriggers(100, 101, 101).duplicated(ANSWERS)).isEqualTo(1);
        assertThat(new StoredTriggers(100, 100, 102).duplicated(ANSWERS)).isEqualTo(2);
    }

    @Test
    void whatWasRefusedMustNotBeThere() {
        assertThat(new StoredTriggers(107, 107, 107).duplicated(ANSWERS)).isEqualTo(5);
    }
}

package io.campanile.application.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

class CallPermitsTest {
    private static final WorkspaceId NOISY = new WorkspaceId("noisy");
    private static final WorkspaceId QUIET = new WorkspaceId("quiet");
    private static final WorkspaceId THIRD = new WorkspaceId("third");

    @Test
    void areHalfForEachWorkspaceAtMost() {
        var permits = new CallPermits(5);

        assertThat(taken(permits, NOISY, 10)).isEqualTo(3);
        assertThat(taken(permits, QUIET, 1)).isOne();
        assertThat(taken(permits, THIRD, 10)).isOne();
        assertThat(permits.take(QUIET)).isFalse();
    }

    @Test
    void areThereAgainWhenTheyWereGivenBack() {
        var permits = new CallPermits(2);
        assertThat(permits.take(NOISY)).isTrue();
        permits.giveBack(NOISY);

        assertThat(permits.take(NOISY)).isTrue();
        assertThat(permits.take(NOISY)).isFalse();
        assertThat(permits.take(QUIET)).isTrue();
    }

    @Test
    void areGivenBackOnce() {
        var permits = new CallPermits(2);
        permits.take(NOISY);
        permits.giveBack(NOISY);

        assertThatThrownBy(() -> permits.giveBack(NOISY)).isInstanceOf(IllegalStateException.class);
    }

    private static int taken(CallPermits permits, WorkspaceId workspace, int calls) {
        int taken = 0;
        for (int i = 0; i < calls; i++) {
            taken += permits.take(workspace) ? 1 : 0;
        }
        return taken;
    }
}

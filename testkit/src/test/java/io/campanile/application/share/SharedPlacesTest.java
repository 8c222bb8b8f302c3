package io.campanile.application.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

class SharedPlacesTest {
    private static final WorkspaceId NOISY = new WorkspaceId("noisy");
    private static final WorkspaceId QUIET = new WorkspaceId("quiet");
    private static final WorkspaceId THIRD = new WorkspaceId("third");

    @Test
    void areHalfForEachWorkspaceAtMost() {
        var places = new SharedPlaces(5);

        assertThat(taken(places, NOISY, 10)).isEqualTo(3);
        assertThat(taken(places, QUIET, 1)).isOne();
        assertThat(taken(places, THIRD, 10)).isOne();
        assertThat(places.take(QUIET)).isFalse();
    }

    @Test
    void areThereAgainWhenTheyWereGivenBack() {
        var places = new SharedPlaces(2);
        assertThat(places.take(NOISY)).isTrue();
        places.giveBack(NOISY);

        assertThat(places.take(NOISY)).isTrue();
        assertThat(places.take(NOISY)).isFalse();
        assertThat(places.take(QUIET)).isTrue();
    }

    @Test
    void areGivenBackOnce() {
        var places = new SharedPlaces(2);
        places.take(NOISY);
        places.giveBack(NOISY);

        assertThatThrownBy(() -> places.giveBack(NOISY)).isInstanceOf(IllegalStateException.class);
    }

    private static int taken(SharedPlaces places, WorkspaceId workspace, int calls) {
        int taken = 0;
        for (int i = 0; i < calls; i++) {
            taken += places.take(workspace) ? 1 : 0;
        }
        return taken;
    }
}

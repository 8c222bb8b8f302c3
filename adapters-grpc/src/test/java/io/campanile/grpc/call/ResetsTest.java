package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.RawConnection;
import io.campanile.grpc.testing.TestKeys;
import io.campanile.v1.AccessServiceGrpc;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/// Calls that are given up as soon as they begin.
@Timeout(60)
class ResetsTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int PERMITTED = 20_000;
    private static final String GET = AccessServiceGrpc.getGetWorkspaceMethod().getFullMethodName();
    private static final String KEY = TestKeys.secret(WorkspaceId.DEFAULT, Role.VIEWER);

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @Test
    void areTakenAsLongAsTheyCouldBePassedDeadlines() throws Exception {
        try (var raw = new RawConnection(world.server.port())) {
            for (int i = 0; i < PERMITTED / 2; i++) {
                raw.reset(raw.begin(GET, KEY));
            }

            assertThat(raw.end(raw.begin(GET, "cmp_unknown")).get(30, TimeUnit.SECONDS))
                    .isEqualTo("API_KEY_INVALID");
            assertThat(raw.goAway()).isNotDone();
        }
    }

    @Test
    void endTheConnectionWhenThereAreMore() throws Exception {
        try (var raw = new RawConnection(world.server.port())) {
            try {
                for (int i = 0; i < 2 * PERMITTED; i++) {
                    raw.reset(raw.begin(GET, KEY));
                }
            } catch (UncheckedIOException closed) {
                // Behind its farewell.
            }

            assertThat(raw.goAway().get(30, TimeUnit.SECONDS)).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }
}

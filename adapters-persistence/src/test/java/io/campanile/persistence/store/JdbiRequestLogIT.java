package io.campanile.persistence.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.store.RequestId;
import io.campanile.application.store.port.LoggedRequest;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two requests with one id at the same time.
class JdbiRequestLogIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private final JdbiRequestLog requests = new JdbiRequestLog(STORE.database().store());

    @Test
    void waitsForWhoIsTakingTheIdAndGivesItsRequest()
            throws InterruptedException, ExecutionException {
        LoggedRequest first = request("committed", 1);

        assertThat(takenMeanwhile(first, request("committed", 2), false)).contains(first);
    }

    @Test
    void getsAnIdThatWasGivenBackMeanwhile() throws InterruptedException, ExecutionException {
        assertThat(takenMeanwhile(request("back", 1), request("back", 2), true)).isEmpty();
    }

    private Optional<LoggedRequest> takenMeanwhile(
            LoggedRequest first, LoggedRequest second, boolean givesBack)
            throws InterruptedException, ExecutionException {
        try (var executor = Executors.newSingleThreadExecutor()) {
            Future<Optional<LoggedRequest>> answer =
                    STORE.database()
                            .store()
                            .inTransaction(_ -> {
                                assertThat(requests.take(first)).isEmpty();
                                var waiting = executor.submit(() -> requests.take(second));
                                LockWaits.await(STORE.database());
                                if (givesBack) {
                                    requests.giveBack(first.workspace(), first.id());
                                }
                                return waiting;
                            });
            return answer.get();
        }
    }

    private static LoggedRequest request(String id, int digest) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) digest;
        return new LoggedRequest(
                WorkspaceId.DEFAULT,
                new RequestId(id, bytes),
                "workspaces/default/campaigns/receipt",
                Instant.parse("2026-03-01T12:00:00Z"));
    }
}

package io.campanile.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.RequestId;
import io.campanile.application.store.port.ChangeSignal;
import io.campanile.application.store.port.LoggedRequest;
import io.campanile.application.store.port.RequestLog;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// What every [RequestLog] and [ChangeSignal] must do within [Transactions]. Each test has a
/// workspace of its own, so that they can share a store.
public abstract class StoreContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WorkspaceId workspace = OwnWorkspaces.next();

    protected abstract Transactions transactions();

    protected abstract RequestLog requests();

    protected abstract ChangeSignal signal();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    @BeforeEach
    void createTheWorkspace() {
        givenWorkspace(workspace);
    }

    @Test
    void givesARequestIdToTheFirstOnly() {
        LoggedRequest first = request("r", 1, NOON);

        assertThat(take(first)).isEmpty();
        assertThat(take(request("r", 2, NOON))).contains(first);
        assertThat(take(request("other", 2, NOON))).isEmpty();
    }

    @Test
    void givesARequestIdBack() {
        LoggedRequest first = request("r", 1, NOON);
        take(first);

        transactions()
                .inTransaction(() -> {
                    requests().giveBack(workspace, first.id());
                    return first;
                });

        assertThat(take(request("r", 2, NOON))).isEmpty();
    }

    @Test
    void forgetsOldRequestIds() {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        take(request("old", 1, longAgo));
        take(request("new", 1, NOON));

        int forgotten =
                transactions().inTransaction(() -> requests().forget(longAgo.plusSeconds(1), 10));

        assertThat(forgotten).isEqualTo(1);
        assertThat(take(request("old", 2, NOON))).isEmpty();
        assertThat(take(request("new", 2, NOON))).isPresent();
    }

    @Test
    void countsAndTellsEveryChangeOfATopic() {
        long before = signal().counter(ChangeTopic.ACCESS);
        var told = new AtomicInteger();
        try (ChangeSignal.Subscription _ =
                signal().subscribe(ChangeTopic.ACCESS, told::incrementAndGet)) {
            // A new subscription may be told at once: something could have been missed before it.
            int toldAtFirst = told.get();
            publish(ChangeTopic.ACCESS);

            Patience.await().until(() -> told.get() > toldAtFirst);
        }
        assertThat(signal().counter(ChangeTopic.ACCESS)).isGreaterThan(before);
    }

    private void publish(ChangeTopic topic) {
        transactions()
                .inTransaction(() -> {
                    signal().publish(topic);
                    return topic;
                });
    }

    private Optional<LoggedRequest> take(LoggedRequest request) {
        return transactions().inTransaction(() -> requests().take(request));
    }

    private LoggedRequest request(String id, int digest, Instant time) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) digest;
        String resource = "workspaces/" + workspace + "/campaigns/receipt";
        return new LoggedRequest(workspace, new RequestId(id, bytes), resource, time);
    }
}

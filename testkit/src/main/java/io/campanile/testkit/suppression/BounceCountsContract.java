package io.campanile.testkit.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.store.port.Transactions;
import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.OwnWorkspaces;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What every [BounceCounts] must do. Each test has workspaces of its own, so that they can share a
/// store.
public abstract class BounceCountsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final BouncedAddress ada = address(workspace, "ada@example.com");
    private final BouncedAddress bob = address(workspace, "bob@example.com");
    private final BouncedAddress elsewhere = address(OwnWorkspaces.next(), "ada@example.com");

    protected abstract BounceCounts counts();

    protected abstract Transactions transactions();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    @BeforeEach
    void createTheWorkspaces() {
        givenWorkspace(workspace);
        givenWorkspace(elsewhere.workspace());
    }

    @Test
    void keepsTheLastCountOfEachAddress() {
        counts().put(Map.of(ada, BounceCount.first(NOON), bob, BounceCount.first(NOON)));
        counts().put(Map.of(ada, new BounceCount(2, NOON.plusSeconds(9))));
        counts().put(Map.of());

        assertThat(counts().lock(List.of(bob, ada, ada, elsewhere)))
                .isEqualTo(
                        Map.of(
                                ada,
                                new BounceCount(2, NOON.plusSeconds(9)),
                                bob,
                                BounceCount.first(NOON)));
        assertThat(counts().lock(List.of())).isEmpty();
    }

    @Test
    void countsFromTheBeginningForThoseThatAreReset() {
        counts().put(Map.of(ada, BounceCount.first(NOON), bob, BounceCount.first(NOON)));
        counts().put(Map.of(elsewhere, BounceCount.first(NOON)));

        counts().reset(List.of(ada, address(workspace, "nobody@example.com")));
        counts().reset(List.of());

        assertThat(counts().lock(List.of(ada, bob, elsewhere))).containsOnlyKeys(bob, elsewhere);
    }

    @Test
    void forgetsWhatHadNoBounceForLong() {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        counts().put(Map.of(ada, BounceCount.first(longAgo), elsewhere, BounceCount.first(NOON)));
        counts().put(Map.of(bob, BounceCount.first(longAgo.plusSeconds(1))));

        while (counts().forget(longAgo.plusSeconds(1), 1) > 0) {
            // One at a time.
        }

        assertThat(counts().lock(List.of(ada, bob, elsewhere))).containsOnlyKeys(bob, elsewhere);
    }

    @Test
    void letsOneTransactionAfterTheOtherCount() throws InterruptedException, ExecutionException {
        List<List<BouncedAddress>> orders = List.of(List.of(ada, bob), List.of(bob, ada));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> counting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                List<BouncedAddress> both = orders.get(i % 2);
                counting.add(threads.submit(() -> countOneMore(both)));
            }
            for (Future<?> each : counting) {
                each.get();
            }
        }

        assertThat(counts().lock(List.of(ada, bob)).values())
                .extracting(BounceCount::bounces)
                .containsExactly(8, 8);
    }

    private void countOneMore(List<BouncedAddress> addresses) {
        transactions()
                .inTransaction(() -> {
                    Map<BouncedAddress, BounceCount> more = new HashMap<>();
                    Map<BouncedAddress, BounceCount> before = counts().lock(addresses);
                    for (BouncedAddress address : addresses) {
                        more.put(address, oneMore(before.get(address)));
                    }
                    counts().put(more);
                    return more;
                });
    }

    private static BounceCount oneMore(@Nullable BounceCount before) {
        return before == null
                ? BounceCount.first(NOON)
                : new BounceCount(before.bounces() + 1, NOON);
    }

    private static BouncedAddress address(WorkspaceId in, String address) {
        return BouncedAddress.of(in, new EmailAddress(address));
    }
}

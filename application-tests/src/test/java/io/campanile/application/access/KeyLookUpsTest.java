package io.campanile.application.access;

import static io.campanile.testkit.time.Patience.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.query.Query;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryApiKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.SettableTime;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Keys that are not in memory, from a store that takes its time.
@Timeout(30)
class KeyLookUpsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String OURS = secret("ours");

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final SettableTime clock = new SettableTime(NOON);
    private final SlowKeys keys = new SlowKeys();
    private final InMemoryChangeSignal signal = new InMemoryChangeSignal();
    private final Authenticate authenticate = new Authenticate(keys, signal, clock);

    @Test
    void areAFewAtOnceOfThoseThatNobodyKnows() throws Exception {
        keys.insert(key(OURS, null, null));
        authenticate.refresh();
        authenticate.authenticate(OURS);
        CountDownLatch open = keys.close();
        List<Future<Authentication>> slow =
                List.of(present(secret("a")), present(secret("b")), present(secret("c")));
        keys.awaitLookUps(4);

        assertThat(authenticate.authenticate(secret("d")))
                .isEqualTo(new Authentication.NotLookedUp());
        assertThat(authenticate.authenticate(OURS))
                .isInstanceOf(Authentication.Authenticated.class);

        open.countDown();
        for (Future<Authentication> each : slow) {
            assertThat(each.get()).isEqualTo(new Authentication.Unknown());
        }
        assertThat(authenticate.authenticate(secret("d"))).isEqualTo(new Authentication.Unknown());
    }

    /// All in memory is forgotten with every change, and believed for two seconds only.
    @Test
    void doNotHoldUpKeysThatWereFoundBefore() throws Exception {
        keys.insert(key(OURS, null, null));
        authenticate.authenticate(OURS);
        CountDownLatch open = keys.close();
        var _ = present(secret("a"));
        var _ = present(secret("b"));
        var _ = present(secret("c"));
        keys.awaitLookUps(4);

        Future<Authentication> ours = present(OURS);
        keys.awaitLookUps(5);
        open.countDown();

        assertThat(ours.get()).isInstanceOf(Authentication.Authenticated.class);
    }

    @Test
    void areOneForAllCallsWithTheSameKey() throws Exception {
        keys.insert(key(OURS, null, null));
        CountDownLatch open = keys.close();
        Future<Authentication> first = present(OURS);
        keys.awaitLookUps(1);
        var answers = new CopyOnWriteArrayList<Authentication>();
        List<Thread> others =
                Stream.generate(() ->
                                Thread.startVirtualThread(
                                        () -> answers.add(authenticate.authenticate(OURS))))
                        .limit(20)
                        .toList();
        await().until(() ->
                others.stream().allMatch(other -> other.getState() == Thread.State.WAITING));
        open.countDown();

        assertThat(first.get()).isInstanceOf(Authentication.Authenticated.class);
        for (Thread other : others) {
            other.join();
        }
        assertThat(answers)
                .hasSize(20)
                .allSatisfy(answer ->
                        assertThat(answer).isInstanceOf(Authentication.Authenticated.class));
        assertThat(keys.lookUps).hasValue(1);
    }

    @Test
    void giveTheirPermitBackWhenTheStoreIsAway() {
        keys.away = true;
        for (int i = 0; i < 10; i++) {
            String secret = secret("k" + i);
            assertThatThrownBy(() -> authenticate.authenticate(secret))
                    .isInstanceOf(StoreUnavailable.class);
        }
        keys.away = false;

        assertThat(authenticate.authenticate(secret("a"))).isEqualTo(new Authentication.Unknown());
    }

    @Test
    void areNotForTextsThatCannotBeKeys() {
        for (String text : List.of("", "cmp_x", "cmp_" + "x".repeat(42), secret("a") + "!")) {
            assertThat(authenticate.authenticate(text)).isEqualTo(new Authentication.Unknown());
        }

        assertThat(keys.lookUps).hasValue(0);
    }

    @Test
    void areNotRepeatedForKeysThatOpenNothingAnyMore() {
        Instant before = NOON.minusSeconds(1);
        keys.insert(key(secret("expired"), before, null));
        keys.insert(key(secret("revoked"), null, before));
        authenticate.refresh();
        for (int i = 0; i < 3; i++) {
            assertThat(authenticate.authenticate(secret("expired")))
                    .isEqualTo(new Authentication.Expired(before));
            assertThat(authenticate.authenticate(secret("revoked")))
                    .isEqualTo(new Authentication.Revoked());
        }

        assertThat(keys.lookUps).hasValue(2);
    }

    private Future<Authentication> present(String secret) {
        return threads.submit(() -> authenticate.authenticate(secret));
    }

    private static String secret(String body) {
        return "cmp_" + body + "x".repeat(43 - body.length());
    }

    private static ApiKey key(
            String secret, @Nullable Instant expireTime, @Nullable Instant revokeTime) {
        return new ApiKey(
                new ApiKeyId(UUID.randomUUID()),
                WorkspaceId.DEFAULT,
                "App",
                Set.of(Role.TRIGGER),
                secret.substring(0, 10),
                KeyHash.of(secret),
                Instant.EPOCH,
                expireTime,
                revokeTime);
    }

    /// Answers nothing while it is closed.
    private static final class SlowKeys implements ApiKeys {
        private final InMemoryApiKeys keys = new InMemoryApiKeys();
        private final AtomicInteger lookUps = new AtomicInteger();
        private volatile CountDownLatch open = new CountDownLatch(0);
        private volatile boolean away;

        CountDownLatch close() {
            open = new CountDownLatch(1);
            return open;
        }

        void awaitLookUps(int count) {
            await().until(() -> lookUps.get() >= count);
        }

        @Override
        public Optional<ApiKey> find(KeyHash hash) {
            lookUps.incrementAndGet();
            if (away) {
                throw new StoreUnavailable("planted", new IllegalStateException("planted"));
            }
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new StoreUnavailable("ended", e);
            }
            return keys.find(hash);
        }

        @Override
        public Optional<ApiKey> find(WorkspaceId workspace, ApiKeyId id) {
            return keys.find(workspace, id);
        }

        @Override
        public List<ApiKey> lockOwners(WorkspaceId workspace) {
            return keys.lockOwners(workspace);
        }

        @Override
        public void insert(ApiKey key) {
            keys.insert(key);
        }

        @Override
        public void update(ApiKey key) {
            keys.update(key);
        }

        @Override
        public List<ApiKey> list(WorkspaceId workspace, Query query) {
            return keys.list(workspace, query);
        }
    }
}

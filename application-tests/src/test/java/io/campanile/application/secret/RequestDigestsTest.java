package io.campanile.application.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.store.RequestId;
import io.campanile.application.store.port.LoggedRequest;
import io.campanile.application.store.port.RequestLog;
import io.campanile.domain.access.Actor;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryTransactions;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class RequestDigestsTest {
    private static final byte[] PLAIN = new byte[32];

    private static RequestDigests digests(int key) {
        byte[] bytes = new byte[RootKey.BYTES];
        bytes[0] = (byte) key;
        return new RequestDigests(new RootKey(bytes));
    }

    /// What is stored was digested like this. Made by another program.
    @Test
    void areTheSameOnEveryNodeAndAlways() {
        assertThat(HexFormat.of().formatHex(digests(1).of(PLAIN)))
                .isEqualTo("cea4328c800840bcc06a7b41447f16a5e3095aeffa522d6237486bd93064c208");
    }

    @Test
    void differBetweenRequestsAndBetweenKeys() {
        RequestDigests digests = digests(1);
        byte[] digest = digests.of(PLAIN);

        assertThat(digests.of(new byte[] {1})).hasSize(32).isNotEqualTo(digest);
        assertThat(digests(2).of(PLAIN)).hasSize(32).isNotEqualTo(digest);
    }

    @Test
    void areWhatIsStoredOfAChange() {
        var log = new Log();
        var changes =
                new Changes(
                        new InMemoryTransactions(),
                        log,
                        digests(1),
                        new InMemoryAuditEntries(),
                        new InMemoryChangeSignal(),
                        InstantSource.system(),
                        UUID::randomUUID);
        var call = new ChangeCall(Actor.SYSTEM, new RequestId("r", PLAIN), null, false);

        String answer =
                changes.make(
                        call,
                        WorkspaceId.DEFAULT,
                        "it",
                        new Changes.Change<String>(
                                _ -> Changes.Made.nothing("made"),
                                _ -> "repeated",
                                (_, _) -> "reused"));

        assertThat(answer).isEqualTo("made");
        assertThat(log.ids)
                .containsExactly(
                        new RequestId("r", digests(1).of(PLAIN)),
                        new RequestId("r", digests(1).of(PLAIN)));
    }

    /// The ids that were taken and given back.
    private static final class Log implements RequestLog {
        private final List<RequestId> ids = new ArrayList<>();

        @Override
        public Optional<LoggedRequest> take(LoggedRequest request) {
            ids.add(request.id());
            return Optional.empty();
        }

        @Override
        public void giveBack(WorkspaceId workspace, RequestId id) {
            ids.add(id);
        }

        @Override
        public int forget(Instant before, int limit) {
            return 0;
        }
    }
}

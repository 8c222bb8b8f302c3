package io.campanile.persistence.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Somebody agrees while a refusal of theirs is being written: who judges by what counts has to
/// know of it, or the older yes stands last.
class ConsentRacesIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WorkspaceId workspace = OwnWorkspaces.next();

    @BeforeEach
    void createTheWorkspace() {
        STORE.givenWorkspace(workspace);
    }

    @Test
    void waitsForWhatThePersonIsSaying() throws InterruptedException, ExecutionException {
        var ada = new ProfileId(UUID.randomUUID());
        new JdbiProfiles(STORE.database().store())
                .insert(
                        Profile.created(
                                ada,
                                workspace,
                                List.of(new Identity("crmId", "42")),
                                ProfileDetails.NONE,
                                NOON));

        seesTheRefusal(new ConsentSubject.OfProfile(ada));
    }

    @Test
    void waitsForWhatIsBeingSaidForAnAddress() throws InterruptedException, ExecutionException {
        seesTheRefusal(new ConsentSubject.OfAddress(new EmailAddress("ada@example.com")));
    }

    /// The refusal's transaction ends as soon as somebody waits for it.
    private void seesTheRefusal(ConsentSubject subject)
            throws InterruptedException, ExecutionException {
        ConsentRecord refusal = refusal(subject);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<ConsentRecord>> seen =
                    transactions()
                            .inTransaction(() -> {
                                assertThat(consents().lock(workspace, subject)).isEmpty();
                                consents().add(refusal, true);
                                var agreeing =
                                        threads.submit(() -> consents().lock(workspace, subject));
                                LockWaits.await(STORE.database());
                                return agreeing;
                            });

            assertThat(seen.get()).containsExactly(refusal);
        }
    }

    private ConsentRecord refusal(ConsentSubject subject) {
        return new ConsentRecord(
                new ConsentRecordId(UUID.randomUUID()),
                workspace,
                subject,
                new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news"),
                ConsentState.DENIED,
                "form",
                "",
                Actor.SYSTEM,
                NOON,
                NOON);
    }

    private static JdbiConsents consents() {
        return new JdbiConsents(STORE.database().store());
    }

    private static JdbiTransactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }
}

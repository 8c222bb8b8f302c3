package io.campanile.persistence.suppression;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.suppression.AddressNews;
import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ImportedEntry;
import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.application.suppression.ManageSuppressions.Entry;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.application.suppression.SuppressionResult;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.suppression.Bounce;
import io.campanile.domain.suppression.BounceKind;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Complaint;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.OwnWorkspaces;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two enter the same target at one moment: the stronger entry counts, whoever comes first.
class SuppressionRacesIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant SOON = NOON.plusSeconds(60);

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final BouncedAddress ada =
            BouncedAddress.of(workspace, new EmailAddress("ada@example.com"));
    private final MessageId message = new MessageId(UUID.randomUUID());

    @BeforeEach
    void createTheWorkspace() {
        STORE.givenWorkspace(workspace);
    }

    @Test
    void aComplaintOutlastsAnEntryThatExpires() throws InterruptedException, ExecutionException {
        whileSomebodyEnters(
                entry(SuppressionReason.MANUAL, SOON),
                () -> take(new AddressNews(List.of(), List.of(complaint()), Map.of())));

        assertThat(standing().reason()).isEqualTo(SuppressionReason.MANUAL);
        assertThat(standing().expireTime()).isNull();
    }

    @Test
    void aBounceTakesThePlaceOfAComplaint() throws InterruptedException, ExecutionException {
        whileSomebodyEnters(
                entry(SuppressionReason.COMPLAINT, null),
                () -> take(new AddressNews(List.of(hardBounce()), List.of(), Map.of())));

        assertThat(standing().reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
        assertThat(standing().note()).endsWith("there was a complaint before");
    }

    @Test
    void aBounceOutlastsAnEntryThatExpires() throws InterruptedException, ExecutionException {
        whileSomebodyEnters(
                entry(SuppressionReason.MANUAL, SOON),
                () -> take(new AddressNews(List.of(hardBounce()), List.of(), Map.of())));

        assertThat(standing().reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
        assertThat(standing().expireTime()).isNull();
    }

    @Test
    void aBounceLeavesAnotherEntryAsItIs() throws InterruptedException, ExecutionException {
        Suppression byHand = entry(SuppressionReason.MANUAL, null);

        whileSomebodyEnters(
                byHand, () -> take(new AddressNews(List.of(hardBounce()), List.of(), Map.of())));

        assertThat(standing()).isEqualTo(byHand);
    }

    @Test
    void anImportStrengthensWhatSomebodyElseEnters()
            throws InterruptedException, ExecutionException {
        var imports = new ImportSuppressions(suppressions(), changes());
        List<Entry> entries =
                List.of(
                        new Entry(ada.target(), SuppressionReason.MANUAL, "", null),
                        new Entry(ada.target(), SuppressionReason.MANUAL, "", SOON));

        List<ImportedEntry> imported =
                whileSomebodyEnters(
                        entry(SuppressionReason.MANUAL, SOON),
                        () -> imports.add(workspace, entries, Actor.SYSTEM));

        assertThat(standing().expireTime()).isNull();
        assertThat(imported)
                .containsExactly(
                        new ImportedEntry.Added(standing().name()), new ImportedEntry.Kept());
    }

    @Test
    void whatIsEnteredByHandStrengthensWhatSomebodyElseEnters()
            throws InterruptedException, ExecutionException {
        var manager =
                new ManageSuppressions(
                        suppressions(),
                        new JdbiBounceCounts(STORE.database().store()),
                        InMemoryKeptKeys.pseudonyms(),
                        changes());
        var entry = new Entry(ada.target(), SuppressionReason.MANUAL, "", null);

        SuppressionResult result =
                whileSomebodyEnters(
                        entry(SuppressionReason.COMPLAINT, null),
                        () -> manager.create(workspace, entry, ChangeCall.by(Actor.SYSTEM)));

        assertThat(standing().reason()).isEqualTo(SuppressionReason.MANUAL);
        assertThat(result).isEqualTo(new SuppressionResult.Done(standing()));
    }

    /// Somebody else's transaction ends as soon as the work waits for it.
    private <T> T whileSomebodyEnters(Suppression entry, Callable<T> work)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<T> entering =
                    transactions()
                            .inTransaction(() -> {
                                assertThat(enter(suppressions(), entry)).isTrue();
                                Future<T> begun = threads.submit(work);
                                LockWaits.await(STORE.database());
                                return begun;
                            });
            return entering.get();
        }
    }

    private boolean take(AddressNews news) {
        var bounced =
                new SuppressBounced(
                        new JdbiBounceCounts(STORE.database().store()),
                        suppressions(),
                        new BounceRule(5),
                        UUID::randomUUID);
        return transactions()
                .inTransaction(() -> {
                    bounced.take(news, NOON);
                    return true;
                });
    }

    private Complaint complaint() {
        return new Complaint(ada, message, NOON);
    }

    private Bounce hardBounce() {
        return new Bounce(ada, BounceKind.HARD, message, new ProviderReply(550, "5.1.1"), NOON);
    }

    private Suppression entry(SuppressionReason reason, @Nullable Instant expireTime) {
        return aSuppression(ada.target(), NOON)
                .in(workspace)
                .because(reason)
                .until(expireTime)
                .build();
    }

    private Suppression standing() {
        return suppressions().find(workspace, ada.target()).orElseThrow();
    }

    private static JdbiSuppressions suppressions() {
        return new JdbiSuppressions(STORE.database().store());
    }

    private static JdbiTransactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    private static Changes changes() {
        return STORE.changes(NOON);
    }
}

package io.campanile.application.suppression;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.query.ListRequest;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.FoundPages;
import io.campanile.testkit.suppression.InMemoryBounceCounts;
import io.campanile.testkit.suppression.InMemorySuppressions;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What becomes of counted bounces when somebody changes the list, and what is found on it.
class ManageSuppressionsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final BouncedAddress ADA = address("ada@example.com");
    private static final BouncedAddress BOB = address("bob@example.com");

    private final InMemorySuppressions suppressions = new InMemorySuppressions();
    private final InMemoryBounceCounts bounces = new InMemoryBounceCounts();
    private final Pseudonyms pseudonyms = InMemoryKeptKeys.pseudonyms();
    private final ManageSuppressions manager =
            new ManageSuppressions(
                    suppressions,
                    bounces,
                    pseudonyms,
                    InMemoryChanges.at(InstantSource.fixed(NOON)));

    @Test
    void whatHoldsBackMoreOrForLongerTakesThePlaceOfWhatIsThere() {
        Instant soon = NOON.plusSeconds(60);
        SuppressionTarget ada = ADA.target();
        SuppressionTarget bob = BOB.target();

        var _ = entered(ada, SuppressionReason.COMPLAINT, null);
        Suppression manual = made(entered(ada, SuppressionReason.MANUAL, soon));
        assertThat(manual.reason()).isEqualTo(SuppressionReason.MANUAL);
        assertThat(manual.expireTime()).isNull();
        assertThat(entered(ada, SuppressionReason.COMPLAINT, null))
                .isEqualTo(new SuppressionResult.Exists(manual));

        var _ = entered(bob, SuppressionReason.MANUAL, soon);
        Suppression kept = made(entered(bob, SuppressionReason.COMPLAINT, null));
        assertThat(kept.reason()).isEqualTo(SuppressionReason.MANUAL);
        assertThat(kept.expireTime()).isNull();
        assertThat(suppressions.find(WorkspaceId.DEFAULT, bob)).contains(kept);
        assertThat(entered(bob, SuppressionReason.MANUAL, soon))
                .isEqualTo(new SuppressionResult.Exists(kept));
    }

    private SuppressionResult entered(
            SuppressionTarget target, SuppressionReason reason, @Nullable Instant expireTime) {
        return manager.create(
                WorkspaceId.DEFAULT,
                new ManageSuppressions.Entry(target, reason, "", expireTime),
                ChangeCall.by(Actor.SYSTEM));
    }

    private static Suppression made(SuppressionResult result) {
        if (result instanceof SuppressionResult.Done(var suppression)) {
            return suppression;
        }
        throw new AssertionError(result);
    }

    @Test
    void whoIsTakenOffTheListIsCountedAnew() {
        bounces.put(Map.of(ADA, new BounceCount(4, NOON), BOB, BounceCount.first(NOON)));
        Suppression entry = suppressed();

        assertThat(delete(entry, true)).isEqualTo(new SuppressionResult.Done(entry));
        assertThat(bounces.lock(List.of(ADA, BOB))).containsOnlyKeys(ADA, BOB);

        assertThat(delete(entry, false)).isEqualTo(new SuppressionResult.Done(entry));
        assertThat(bounces.lock(List.of(ADA, BOB))).containsOnlyKeys(BOB);
        assertThat(suppressions.find(WorkspaceId.DEFAULT, ADA.target())).isEmpty();
    }

    @Test
    void whoAsksForAnAddressFindsWhatIsKeptUnderItsPseudonym() {
        Suppression entry = suppressed();
        var address = new EmailAddress("ada@example.com");
        Suppression former = entry.of(pseudonyms.of(WorkspaceId.DEFAULT, address));
        suppressions.delete(WorkspaceId.DEFAULT, entry.id());
        enter(suppressions, former);
        Suppression domain = aSuppression("example.com", NOON).build();
        enter(suppressions, domain);

        assertThat(listed("target = \"ada@example.com\"")).containsExactly(former);
        assertThat(listed("target = \"Ada@Example.COM\"")).containsExactly(former);
        assertThat(listed("target = \"example.com\"")).containsExactly(domain);
        assertThat(listed("NOT target = \"ada@example.com\"")).containsExactly(domain);
        assertThat(listed("target = \"bob@example.com\"")).isEmpty();
    }

    private List<Suppression> listed(String filter) {
        return FoundPages.entries(
                manager.list(WorkspaceId.DEFAULT, new ListRequest(filter, "", 0, "")));
    }

    private Suppression suppressed() {
        Suppression entry = aSuppression("ada@example.com", NOON).noting("asked by phone").build();
        enter(suppressions, entry);
        return entry;
    }

    private SuppressionResult delete(Suppression entry, boolean validateOnly) {
        return manager.delete(
                WorkspaceId.DEFAULT,
                entry.id(),
                new ChangeCall(Actor.SYSTEM, null, null, validateOnly));
    }

    private static BouncedAddress address(String address) {
        return BouncedAddress.of(WorkspaceId.DEFAULT, new EmailAddress(address));
    }
}

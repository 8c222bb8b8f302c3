package io.campanile.application.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What was kept under an address before somebody gave it up goes with them, and the count of its
/// soft bounces, but nothing else.
class FormerAddressesTest extends ErasureScene {
    private static final EmailAddress OLD = new EmailAddress("old@example.com");
    private static final ConsentSubject OF_OLD = new ConsentSubject.OfAddress(OLD);
    private static final BouncedAddress BOUNCED_OLD = BouncedAddress.of(WorkspaceId.DEFAULT, OLD);

    private final EmailAddress pseudonym = pseudonyms.of(WorkspaceId.DEFAULT, OLD);

    @Test
    void areForgottenWithThePersonWhoeverHasThemNow() {
        Suppression entry = keptUnderOld();
        gaveUp(OLD);
        known(new ProfileId(UUID.randomUUID()), OLD);

        erase();

        assertThat(listed(OLD)).isEmpty();
        assertThat(listed(pseudonym)).contains(entry.of(pseudonym));
        assertThat(consents.current(WorkspaceId.DEFAULT, OF_OLD)).isEmpty();
        assertThat(kept(pseudonym)).containsExactly("news");
        assertThat(bounces.lock(List.of(BOUNCED_OLD))).isEmpty();
    }

    @Test
    void areLeftToAGuestWhoUsesThemNow() {
        gaveUp(OLD);
        Suppression entry = keptUnderOld();
        allow(OLD);
        reserve(Identity.of(OLD), clock.instant());

        erase();

        assertThat(listed(OLD)).contains(entry);
        assertThat(listed(pseudonym)).isEmpty();
        assertThat(consents.current(WorkspaceId.DEFAULT, OF_OLD)).hasSize(2);
        assertThat(kept(pseudonym)).isEmpty();
        assertThat(isAllowed(OLD)).isTrue();
        assertThat(counted(Identity.of(OLD))).isEqualTo(1);
        assertThat(bounces.lock(List.of(BOUNCED_OLD))).isEmpty();
    }

    @Test
    void areNoLongerAllowedWhereTheyWereBefore() {
        allow(OLD);
        gaveUp(OLD);

        erase();

        assertThat(isAllowed(OLD)).isFalse();
    }

    @Test
    void stayAllowedForWhoeverHasThemNow() {
        allow(OLD);
        gaveUp(OLD);
        known(new ProfileId(UUID.randomUUID()), OLD);

        erase();

        assertThat(isAllowed(OLD)).isTrue();
    }

    /// A guest who was asked, and has not answered yet.
    @Test
    void keepWhatWasSaidForThemWhereSomethingWasSaidSince() {
        said(OF_OLD, "news", ConsentState.DENIED);
        gaveUp(OLD);
        said(OF_OLD, "news", ConsentState.PENDING, false);

        erase();

        assertThat(kept(OLD)).containsExactly("news");
        assertThat(kept(pseudonym)).isEmpty();
    }

    /// It did not count for the address before the erasure either, and somebody else may get it.
    @Test
    void doNotGetWhatThePersonRefused() {
        var service = new ConsentLevel(Channel.EMAIL, Purpose.SERVICE, "");
        refused(new ConsentSubject.OfProfile(ada), service);
        gaveUp(OLD);

        erase();

        assertThat(keptDenials(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).containsExactly(service);
        assertThat(keptDenials(pseudonym)).isEmpty();
    }

    private Suppression keptUnderOld() {
        Suppression entry = suppressed(OLD, SuppressionReason.HARD_BOUNCE);
        said(OF_OLD, "news", ConsentState.DENIED);
        said(OF_OLD, "offers", ConsentState.GRANTED);
        bounces.put(Map.of(BOUNCED_OLD, BounceCount.first(clock.instant())));
        return entry;
    }

    private Optional<Suppression> listed(EmailAddress address) {
        return suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(address));
    }
}

package io.campanile.application.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.share.LongCallsFull;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What was counted of people who are erased, before and after that.
class EraseProfileTest extends ErasureScene {
    /// They may look through all people, and all that is queued, on a connection each.
    @Test
    void areFewAtOnce() {
        var _ =
                calls.inTurn(
                        WorkspaceId.DEFAULT,
                        () -> assertThatThrownBy(this::erase).isInstanceOf(LongCallsFull.class));

        erase();
    }

    @Test
    void forgetsWhatWasCountedOfTheirAddresses() {
        bounces.put(Map.of(BOUNCED, BounceCount.first(clock.instant())));

        erase();

        assertThat(bounces.lock(List.of(BOUNCED))).isEmpty();
    }

    @Test
    void forgetsTheAddressAlsoWhereAMailInHandOverBouncedAfterwards() {
        erase();
        bounces.put(Map.of(BOUNCED, BounceCount.first(clock.instant())));
        Suppression late = suppressed(SuppressionReason.HARD_BOUNCE);

        clock.advance(Duration.ofMinutes(1));
        erasures.goOn();

        EmailAddress pseudonym = pseudonyms.of(WorkspaceId.DEFAULT, ADA);
        assertThat(bounces.lock(List.of(BOUNCED))).isEmpty();
        assertThat(suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(ADA))).isEmpty();
        assertThat(suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(pseudonym)))
                .contains(late.of(pseudonym));
    }

    @Test
    void letsABounceCountBeforeTheComplaintOfWhoWasErasedUnderTheAddressBefore() {
        suppressed(SuppressionReason.COMPLAINT);
        erase();
        suppressed(SuppressionReason.HARD_BOUNCE);

        clock.advance(Duration.ofMinutes(1));
        erasures.goOn();

        EmailAddress pseudonym = pseudonyms.of(WorkspaceId.DEFAULT, ADA);
        assertThat(suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(pseudonym)))
                .map(Suppression::reason)
                .contains(SuppressionReason.HARD_BOUNCE);
    }

    @Test
    void forgetsWhatCountedUnderTheirIdentitiesAndAddressesWhileNobodyKnewThem() {
        var work = new EmailAddress("ada@work.example");
        var shared = new EmailAddress("office@example.com");
        var stranger = new Identity("crmId", "43");
        known(new ProfileId(UUID.randomUUID()), shared);
        profiles.update(
                Profile.created(
                        ada,
                        WorkspaceId.DEFAULT,
                        List.of(Identity.of(ADA)),
                        new ProfileDetails(Attributes.NONE, List.of(work, shared), "", ""),
                        clock.instant()));
        for (Identity identity :
                List.of(Identity.of(ADA), Identity.of(work), Identity.of(shared), stranger)) {
            reserve(identity, clock.instant());
        }

        erase();

        assertThat(counted(Identity.of(ADA))).isZero();
        assertThat(counted(Identity.of(work))).isZero();
        assertThat(counted(Identity.of(shared))).isEqualTo(1);
        assertThat(counted(stranger)).isEqualTo(1);
    }

    @Test
    void leavesOnTheAllowedListWhatIsSomebodyElsesAddressToo() {
        var shared = new EmailAddress("office@example.com");
        var other = new ProfileId(UUID.randomUUID());
        profiles.insert(
                Profile.created(
                        other,
                        WorkspaceId.DEFAULT,
                        List.of(new Identity("crmId", "44")),
                        new ProfileDetails(
                                Attributes.NONE,
                                List.of(new EmailAddress("Office@Example.com")),
                                "",
                                ""),
                        clock.instant()));
        writtenToAt(shared);
        allow(ADA);
        allow(shared);

        erase();

        assertThat(isAllowed(ADA)).isFalse();
        assertThat(isAllowed(shared)).isTrue();
        assertThat(erasures.erase(WorkspaceId.DEFAULT, other, ChangeCall.by(Actor.SYSTEM)))
                .isEqualTo(new ErasureResult.Erased(0));
        assertThat(isAllowed(shared)).isFalse();
    }

    @Test
    void forgetsWhatWasStillBeingCountedAndNotWhatCountsForSomebodyNew() {
        erase();
        // By the clock of a node that is ten minutes ahead of this one.
        Instant latest = clock.instant().plus(Duration.ofMinutes(10));
        reserve(Identity.of(ADA), latest.plusSeconds(9));
        reserve(Identity.of(ADA), latest.plusSeconds(10));

        clock.advance(Duration.ofMinutes(1));
        erasures.goOn();

        assertThat(counted(Identity.of(ADA))).isEqualTo(1);
    }
}

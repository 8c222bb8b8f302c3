package io.campanile.application.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.consent.FormerDenials;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.Person;
import io.campanile.application.consent.Said;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whoever refused something is spared also when nobody knows them any more.
class DenialsOutliveErasureTest extends ErasureScene {
    @Test
    void leavesToOthersAtTheAddressWhatTheyAgreedTo() {
        var shared = new EmailAddress("family@example.com");
        var bob = new ProfileId(UUID.randomUUID());
        known(bob, shared);
        writtenToAt(shared);
        var service = new ConsentLevel(Channel.EMAIL, Purpose.SERVICE, "");
        var news = new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news");
        refused(new ConsentSubject.OfProfile(ada), service);
        refused(new ConsentSubject.OfAddress(shared), news);

        erase();

        assertThat(keptDenials(pseudonyms.of(WorkspaceId.DEFAULT, shared))).containsExactly(news);
        assertThat(keptDenials(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).containsExactly(service);
        assertThat(keptDenials(pseudonyms.of(WorkspaceId.DEFAULT, Identity.of(ADA))))
                .containsExactly(service);
    }

    /// Changes look at the clock once they begin.
    @Test
    void leavesThoseAtTheAddressInPeaceWhenTheRefusalComesWhileOthersAreLookedFor() {
        var shared = new EmailAddress("family@example.com");
        known(new ProfileId(UUID.randomUUID()), shared);
        writtenToAt(shared);
        var service = new ConsentLevel(Channel.EMAIL, Purpose.SERVICE, "");
        var comes = new AtomicBoolean(true);
        Changes meanwhile =
                InMemoryChanges.at(() -> {
                    if (comes.getAndSet(false)) {
                        refused(new ConsentSubject.OfProfile(ada), service);
                    }
                    return clock.instant();
                });

        erasing(meanwhile).erase(WorkspaceId.DEFAULT, ada, ChangeCall.by(Actor.SYSTEM));

        assertThat(keptDenials(pseudonyms.of(WorkspaceId.DEFAULT, shared))).isEmpty();
        assertThat(keptDenials(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).containsExactly(service);
    }

    @Test
    void isNotUndoneByALinkInAnOldMail() {
        erase();
        var formerDenials = new FormerDenials(consents, profiles, pseudonyms, changes);
        var consent =
                new ManageConsents(
                        consents,
                        new ManageProfiles(
                                profiles,
                                new InMemoryWorkspaces(),
                                new AddressAttributes(
                                        new InMemoryWorkspaces(),
                                        new InMemoryChannelConfigurations()),
                                store.reservations(),
                                formerDenials,
                                LongCalls.ofReaders(),
                                changes),
                        formerDenials,
                        changes);
        var news = new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news");

        consent.record(
                WorkspaceId.DEFAULT,
                new Person.ByLink(Identity.of(ADA)),
                new Said(news, ConsentState.DENIED, "link", ""),
                ChangeCall.by(Actor.SYSTEM));

        EmailAddress former = pseudonyms.of(WorkspaceId.DEFAULT, Identity.of(ADA));
        assertThat(profiles.find(WorkspaceId.DEFAULT, Identity.of(ADA))).isEmpty();
        assertThat(consents.current(WorkspaceId.DEFAULT, new ConsentSubject.OfAddress(former)))
                .extracting(ConsentRecord::state)
                .containsExactly(ConsentState.DENIED);
    }

    @Test
    void keepsWhatThePersonRefusedUnderEachOfTheirAddresses() {
        var work = new EmailAddress("ada@work.example");
        writtenToAt(work);
        said(new ConsentSubject.OfProfile(ada), "news", ConsentState.DENIED);
        said(new ConsentSubject.OfProfile(ada), "offers", ConsentState.GRANTED);

        erase();

        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).containsExactly("news");
        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, work))).containsExactly("news");
    }

    @Test
    void keepsWhatThePersonRefusedUnderEachOfTheirIdentities() {
        var first = new Identity("crmId", "42");
        var second = new Identity("shopId", "7");
        profiles.update(
                Profile.created(
                        ada,
                        WorkspaceId.DEFAULT,
                        List.of(first, second),
                        ProfileDetails.NONE,
                        clock.instant()));
        said(new ConsentSubject.OfProfile(ada), "news", ConsentState.DENIED);

        erase();

        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, first))).containsExactly("news");
        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, second))).containsExactly("news");
        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).isEmpty();
    }

    @Test
    void keepsWhatWasRefusedForTheirAddress() {
        said(new ConsentSubject.OfAddress(ADA), "news", ConsentState.DENIED);
        said(new ConsentSubject.OfAddress(ADA), "offers", ConsentState.GRANTED);

        erase();

        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).containsExactly("news");
        assertThat(kept(ADA)).isEmpty();
    }
}

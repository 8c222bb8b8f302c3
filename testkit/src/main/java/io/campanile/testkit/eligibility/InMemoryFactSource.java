package io.campanile.testkit.eligibility;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.ConsentSubject.OfProfile;
import io.campanile.domain.eligibility.AddressFields;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.AllowedList;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionFact;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// Facts from the fakes they are kept in.
public final class InMemoryFactSource implements FactSource {
    private final Workspaces workspaces;
    private final Profiles profiles;
    private final Consents consents;
    private final Suppressions suppressions;
    private final AllowedEntries allowedEntries;
    private final Pseudonyms pseudonyms;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> afterNextLoad = new AtomicReference<>();
    private volatile boolean away;
    private volatile Set<Identity> unreadable = Set.of();

    public InMemoryFactSource(
            Workspaces workspaces,
            Profiles profiles,
            Consents consents,
            Suppressions suppressions,
            AllowedEntries allowedEntries,
            Pseudonyms pseudonyms) {
        this.workspaces = workspaces;
        this.profiles = profiles;
        this.consents = consents;
        this.suppressions = suppressions;
        this.allowedEntries = allowedEntries;
        this.pseudonyms = pseudonyms;
    }

    /// Makes it fail, or not fail any more.
    public void beAway(boolean away) {
        this.away = away;
    }

    /// From now on nothing can be read of these and no others, for a reason that nobody expects.
    public void beUnreadable(Identity... identities) {
        unreadable = Set.of(identities);
    }

    /// How often it failed.
    public int refusals() {
        return refusals.get();
    }

    /// Runs something once, after the next facts were read and before they are answered.
    public void afterNextLoad(Runnable work) {
        afterNextLoad.set(work);
    }

    @Override
    public List<Facts> load(List<Subject> subjects) {
        if (away) {
            refusals.incrementAndGet();
            throw new StoreUnavailable("away", new IllegalStateException("as the test asked"));
        }
        if (subjects.stream().anyMatch(subject -> unreadable.contains(subject.identity()))) {
            throw new IllegalArgumentException("unreadable by the test's will");
        }
        List<Facts> facts = subjects.stream().map(this::facts).toList();
        Runnable afterwards = afterNextLoad.getAndSet(null);
        if (afterwards != null) {
            afterwards.run();
        }
        return facts;
    }

    private Facts facts(Subject subject) {
        WorkspaceId workspace = subject.occasion().workspace();
        Optional<Profile> profile =
                subject.mayBeKnown()
                        ? profiles.find(workspace, subject.identity())
                        : Optional.empty();
        KnownPerson person =
                profile.filter(_ -> subject.needsPerson())
                        .map(InMemoryFactSource::person)
                        .orElse(null);
        Addressee addressee =
                Addressee.of(
                        person,
                        subject.identity(),
                        subject.address(),
                        new AddressFields(subject.addressField(), addressField(workspace)),
                        subject.overlay());
        EmailAddress address = addressee.address();
        return new Facts(
                        subject.occasion(),
                        addressee,
                        sendsWhenUnset(subject),
                        profile.map(known -> covering(subject, new OfProfile(known.id())))
                                .orElse(List.of()),
                        ofAddress(subject, address),
                        address == null ? null : suppression(subject.occasion(), address),
                        address == null
                                ? null
                                : suppression(workspace, SuppressionTarget.domainOf(address)))
                .with(allowedList(workspace, address));
    }

    /// Without former addresses.
    private static KnownPerson person(Profile known) {
        ProfileDetails details = known.details();
        return new KnownPerson(
                known.id(),
                new ProfileDetails(
                        details.attributes(),
                        details.emailAddresses(),
                        details.phoneNumbers(),
                        details.pushTokens(),
                        details.locale(),
                        details.timeZone()));
    }

    private String addressField(WorkspaceId workspace) {
        return workspaces.find(workspace).map(Workspace::addressField).orElse("");
    }

    private AllowedList allowedList(WorkspaceId workspace, @Nullable EmailAddress address) {
        if (!workspaces.find(workspace).map(Workspace::allowedListOn).orElse(false)) {
            return AllowedList.OFF;
        }
        if (address == null) {
            return AllowedList.LACKS;
        }
        return Stream.of(SuppressionTarget.of(address), SuppressionTarget.domainOf(address))
                .flatMap(target -> allowedEntries.find(workspace, target).stream())
                .map(entry -> AllowedList.coversUntil(entry.expireTime()))
                .reduce(AllowedList.LACKS, AllowedList::orLonger);
    }

    private boolean sendsWhenUnset(Subject subject) {
        return subject.occasion().isMarketing()
                && workspaces
                        .find(subject.occasion().workspace())
                        .map(Workspace::emailsWhenUnset)
                        .orElse(false);
    }

    private List<Consent> covering(Subject subject, ConsentSubject whose) {
        Occasion occasion = subject.occasion();
        return consents.current(occasion.workspace(), whose).stream()
                .map(ConsentRecord::consent)
                .filter(consent ->
                        consent.level()
                                .covers(occasion.channel(), occasion.purpose(), occasion.topic()))
                .toList();
    }

    private List<Consent> ofAddress(Subject subject, @Nullable EmailAddress address) {
        WorkspaceId workspace = subject.occasion().workspace();
        EmailAddress former = pseudonyms.of(workspace, subject.identity());
        Stream<EmailAddress> names =
                address == null
                        ? Stream.of(former)
                        : Stream.of(address, pseudonyms.of(workspace, address), former);
        return names.flatMap(name -> covering(subject, new ConsentSubject.OfAddress(name)).stream())
                .toList();
    }

    private @Nullable SuppressionFact suppression(Occasion occasion, EmailAddress address) {
        WorkspaceId workspace = occasion.workspace();
        SuppressionFact named = suppression(workspace, SuppressionTarget.of(address));
        SuppressionFact erased =
                suppression(workspace, SuppressionTarget.of(pseudonyms.of(workspace, address)));
        return named == null ? erased : occasion.deciding(named, erased);
    }

    private @Nullable SuppressionFact suppression(WorkspaceId workspace, SuppressionTarget target) {
        return suppressions.find(workspace, target).map(Suppression::fact).orElse(null);
    }
}

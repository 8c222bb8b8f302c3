package io.campanile.application.profile;

import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.ContactKind;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.FormerAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.MoreContacts;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

class ManageProfilesTest {
    private static final WorkspaceId OWN = WorkspaceId.DEFAULT;
    private static final Identity CRM = new Identity("crmId", "42");
    private static final Identity OTHER = new Identity("crmId", "43");
    private static final Identity MAIL = new Identity(Identity.EMAIL, "a@x.example");
    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);

    private final SettableTime clock = new SettableTime(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryProfiles profiles = new InMemoryProfiles();
    private final InMemoryChannelConfigurations configurations =
            new InMemoryChannelConfigurations();
    private final Map<Identity, ProfileId> turnedOut = new HashMap<>();
    private final ManageProfiles manage =
            new ManageProfiles(
                    profiles,
                    new InMemoryWorkspaces(),
                    new AddressAttributes(new InMemoryWorkspaces(), configurations),
                    new InMemoryStore(clock).reservations(),
                    (_, known) -> turnedOut.putAll(known),
                    LongCalls.ofReaders(),
                    InMemoryChanges.at(clock));

    @Test
    void givesWhomARowNamesItsIdentities() {
        Profile ada = known(CRM);
        turnedOut.clear();

        assertThat(upserted(new Whom.Named(ada.id()), MAIL))
                .isInstanceOf(ProfileResult.Known.class);

        assertThat(profiles.find(OWN, ada.id()).orElseThrow().identities())
                .containsExactly(CRM, MAIL);
        assertThat(turnedOut).isEqualTo(Map.of(MAIL, ada.id()));
    }

    @Test
    void takesNobodyElseForWhomARowNames() {
        Profile former = known(CRM, MAIL);
        Profile present = known(OTHER);

        assertThat(upserted(new Whom.Named(present.id()), OTHER, MAIL))
                .isEqualTo(new ProfileResult.Clash(present, former));
        assertThat(upserted(new Whom.Named(present.id()), MAIL))
                .isEqualTo(new ProfileResult.Clash(present, former));
        assertThat(profiles.of(OWN)).containsExactlyInAnyOrder(former, present);
    }

    @Test
    void knowsNobodyWhoIsGoneOrInAnotherWorkspace() {
        Profile ada = known(CRM);
        assertThat(upserted(new Whom.Named(new ProfileId(UUID.randomUUID())), MAIL))
                .isEqualTo(new ProfileResult.Nobody());
        var row = new ProfileRow(List.of(MAIL), DetailsChange.NOTHING, new Whom.Named(ada.id()));
        assertThat(manage.upsert(new WorkspaceId("other"), row, CALL))
                .isEqualTo(new ProfileResult.Nobody());

        profiles.delete(ada);
        assertThat(upserted(new Whom.Named(ada.id()), CRM)).isEqualTo(new ProfileResult.Nobody());
        assertThat(profiles.of(OWN)).isEmpty();
    }

    @Test
    void makesAStrangerOfNobodyWhoIsKnown() {
        Profile former = known(CRM, MAIL);

        assertThat(upserted(new Whom.Stranger(), OTHER, MAIL))
                .isEqualTo(new ProfileResult.KnownAlready(former));
        assertThat(profiles.of(OWN)).containsExactly(former);
        assertThat(upserted(new Whom.Stranger(), OTHER)).isInstanceOf(ProfileResult.Known.class);
    }

    @Test
    void changesNobodyWhoWasChangedMeanwhile() {
        Profile ada = known(CRM);
        var row = new ProfileRow(List.of(CRM, MAIL), DetailsChange.NOTHING);
        Profile changed = person(manage.upsert(OWN, row, of(ada.version())));

        assertThat(
                        manage.upsert(
                                OWN,
                                new ProfileRow(List.of(MAIL, OTHER), DetailsChange.NOTHING),
                                of(ada.version())))
                .isEqualTo(new ProfileResult.EtagMismatch(changed));
        assertThat(profiles.of(OWN)).containsExactly(changed);
    }

    @Test
    void makesNobodyKnownOfWhomAVersionWasSeen() {
        var row = new ProfileRow(List.of(CRM), DetailsChange.NOTHING);

        assertThat(manage.upsert(OWN, row, of(1))).isEqualTo(new ProfileResult.Nobody());
        assertThat(profiles.of(OWN)).isEmpty();
    }

    @Test
    void addsNoMoreContactsThanThereIsRoomFor() {
        ProfileDetails before = known(CRM).details();
        List<EmailAddress> eleven =
                IntStream.rangeClosed(0, ProfileDetails.MOST_ADDRESSES)
                        .mapToObj(i -> new EmailAddress("ada-" + i + "@example.com"))
                        .toList();
        var more = DetailsChange.NOTHING.adding(new MoreContacts(eleven, List.of(), List.of()));
        var full = new ProfileResult.TooManyContacts(List.of(ContactKind.EMAIL_ADDRESS));

        assertThat(manage.upsert(OWN, new ProfileRow(List.of(CRM), more), CALL)).isEqualTo(full);
        assertThat(manage.upsert(OWN, new ProfileRow(List.of(OTHER), more), CALL)).isEqualTo(full);
        assertThat(profiles.of(OWN)).extracting(Profile::details).containsExactly(before);
    }

    @Test
    void remembersAddressesThatSomebodyHasNoMore() {
        configurations.insert(aChannelConfiguration().in(OWN).writingTo("work.email").build());
        known(CRM);
        learned(Map.of("work", Map.of("email", "Ada@Work.example")), "ada@home.example");

        Profile ada = learned(Map.of("work", Map.of("email", "none")), "ada@example.com");

        assertThat(ada.details().formerAddresses())
                .containsExactlyInAnyOrder(
                        new FormerAddress(new EmailAddress("ada@home.example"), clock.instant()),
                        new FormerAddress(new EmailAddress("ada@work.example"), clock.instant()));
        assertThat(profiles.of(OWN)).containsExactly(ada);
    }

    private Profile learned(Map<String, Object> attributes, String address) {
        List<EmailAddress> addresses = List.of(new EmailAddress(address));
        var learned = new DetailsChange(attributes, false, addresses, null, null, null, null);
        return person(manage.upsert(OWN, new ProfileRow(List.of(CRM), learned), CALL));
    }

    private static ChangeCall of(long version) {
        return new ChangeCall(Actor.SYSTEM, null, version, false);
    }

    private Profile known(Identity... identities) {
        return person(upserted(new Whom.Anybody(), identities));
    }

    private ProfileResult upserted(Whom whom, Identity... identities) {
        return manage.upsert(
                OWN, new ProfileRow(List.of(identities), DetailsChange.NOTHING, whom), CALL);
    }

    private static Profile person(ProfileResult result) {
        assertThat(result).isInstanceOf(ProfileResult.Known.class);
        return ((ProfileResult.Known) result).profile();
    }
}

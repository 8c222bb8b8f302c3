package io.campanile.application.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.share.LongCalls;
import io.campanile.application.share.LongCallsFull;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.FormerAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

class MergeProfilesTest {
    private final SettableTime clock = new SettableTime(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private final InMemoryProfiles profiles = new InMemoryProfiles();
    private final InMemoryConsents consents = new InMemoryConsents();
    private final LongCalls calls = new LongCalls(1, Duration.ofMillis(1));
    private final MergeProfiles merges =
            new MergeProfiles(
                    new MergeProfiles.Stores(
                            profiles,
                            new AddressAttributes(
                                    new InMemoryWorkspaces(), new InMemoryChannelConfigurations()),
                            consents,
                            new InMemoryAudiences(profiles, consents),
                            store.broadcastMembers(),
                            store.reservations()),
                    InMemoryChanges.at(clock),
                    calls);

    /// They may look through all open messages of large broadcasts, on a connection each.
    @Test
    void areFewAtOnce() {
        ProfileId gone = known("ada");
        ProfileId staying = known("countess");

        var _ =
                calls.inTurn(
                        WorkspaceId.DEFAULT,
                        () ->
                                assertThatThrownBy(() -> merge(gone, staying))
                                        .isInstanceOf(LongCallsFull.class));

        assertThat(merge(gone, staying)).isInstanceOf(MergeResult.Merged.class);
    }

    @Test
    void remembersTheAddressesThereIsNoRoomFor() {
        ProfileId gone = known("ada", new EmailAddress("Old@Example.com"));
        EmailAddress[] ten =
                IntStream.range(0, ProfileDetails.MOST_ADDRESSES)
                        .mapToObj(i -> new EmailAddress("ada-" + i + "@example.com"))
                        .toArray(EmailAddress[]::new);
        ProfileId staying = known("countess", ten);

        assertThat(merge(gone, staying)).isInstanceOf(MergeResult.Merged.class);

        ProfileDetails merged = profiles.find(WorkspaceId.DEFAULT, staying).orElseThrow().details();
        assertThat(merged.emailAddresses()).containsExactly(ten);
        assertThat(merged.formerAddresses())
                .containsExactly(
                        new FormerAddress(new EmailAddress("old@example.com"), clock.instant()));
    }

    @Test
    void areRefusedWhereTheAttributesWouldBeTooLargeTogether() {
        String most = "x".repeat(Attributes.LARGEST * 2 / 3);
        ProfileId gone = known("ada", new Attributes(Map.of("letters", most)));
        ProfileId staying = known("countess", new Attributes(Map.of("notes", most)));

        assertThat(merge(gone, staying)).isInstanceOf(MergeResult.AttributesTooLarge.class);

        assertThat(profiles.find(WorkspaceId.DEFAULT, gone)).isPresent();
        assertThat(profiles.find(WorkspaceId.DEFAULT, staying).orElseThrow().details().attributes())
                .isEqualTo(new Attributes(Map.of("notes", most)));
    }

    private MergeResult merge(ProfileId gone, ProfileId staying) {
        return merges.merge(WorkspaceId.DEFAULT, gone, staying, ChangeCall.by(Actor.SYSTEM));
    }

    private ProfileId known(String key, EmailAddress... addresses) {
        return known(key, Attributes.NONE, addresses);
    }

    private ProfileId known(String key, Attributes attributes, EmailAddress... addresses) {
        var id = new ProfileId(UUID.randomUUID());
        profiles.insert(
                Profile.created(
                        id,
                        WorkspaceId.DEFAULT,
                        List.of(new Identity("crmId", key)),
                        new ProfileDetails(attributes, List.of(addresses), "", ""),
                        clock.instant()));
        return id;
    }
}

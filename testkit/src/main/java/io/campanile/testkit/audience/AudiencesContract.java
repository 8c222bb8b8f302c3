package io.campanile.testkit.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.application.audience.port.AudienceSample;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.audience.port.MemberKey;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDecision;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceLifecycle;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.FoundPages;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// What every [Audiences] must do. Each test has workspaces of its own, so that they can share a
/// store.
public abstract class AudiencesContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final WorkspaceId other = OwnWorkspaces.next();

    protected abstract Audiences audiences();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    /// Makes a person exist.
    protected abstract void givenProfile(Profile profile);

    @BeforeEach
    void createTheWorkspaces() {
        givenWorkspace(workspace);
        givenWorkspace(other);
    }

    @Test
    void findsAnAudienceByItsName() {
        Audience audience = added(workspace, "readers");

        assertThat(audiences().find(audience.name())).contains(audience);
        assertThat(audiences().lock(audience.name())).contains(audience);
        assertThat(audiences().lockToDelete(audience.name())).contains(audience);
        assertThat(audiences().share(audience.name())).contains(audience);
        assertThat(audiences().find(new AudienceName(other, "readers"))).isEmpty();
    }

    @Test
    void findsAudiencesByWhatTheirRuleHasSomewhere() {
        Audience asking = ruled(workspace, "b", "!member('a_%')");
        Audience again = ruled(workspace, "a", "member('a_%') || true");
        var _ = ruled(workspace, "c", "member('abc')");
        var _ = ruled(other, "d", "member('a_%')");
        var _ = added(workspace, "e");

        assertThat(audiences().withInRule(workspace, "a_%")).containsExactly(again, asking);
    }

    private Audience ruled(WorkspaceId in, String name, String rule) {
        Audience audience =
                Audience.created(
                        new AudienceId(UUID.randomUUID()),
                        new AudienceName(in, name),
                        new AudienceDefinition("", "", rule),
                        NOON);
        assertThat(audiences().insert(audience)).isTrue();
        return audience;
    }

    @Test
    void keepsOneAudienceForAName() {
        added(workspace, "readers");

        assertThat(audiences().insert(audience(workspace, "readers"))).isFalse();
        assertThat(audiences().insert(audience(other, "readers"))).isTrue();
    }

    @Test
    void replacesTheWordsAndLeavesTheMembers() {
        Audience audience = added(workspace, "readers");
        audiences().add(audience.id(), List.of(person("ada").id()));

        audiences().update(edited(audience, "Readers", "Who reads", ""));

        Audience now = audiences().find(audience.name()).orElseThrow();
        assertThat(now.definition().displayName()).isEqualTo("Readers");
        assertThat(now.definition().description()).isEqualTo("Who reads");
        assertThat(now.version()).isEqualTo(2);
        assertThat(now.updateTime()).isEqualTo(NOON.plusSeconds(1));
        assertThat(now.memberCount()).isEqualTo(1);
    }

    @Test
    void refusesToReplaceAnAudienceThatIsGone() {
        Audience gone = audience(workspace, "readers");

        assertThatIllegalStateException().isThrownBy(() -> audiences().update(gone));
    }

    @Test
    void keepsARuleUntilItIsReplaced() {
        Audience listed = added(workspace, "readers");
        Audience ruled = edited(listed, "Readers", "", "profile.locale == \"de\"");
        audiences().update(ruled);
        assertThat(audiences().find(ruled.name())).contains(ruled);
        assertThat(listed("")).containsExactly(ruled);

        Audience cleared = edited(ruled, "Readers", "", "");
        audiences().update(cleared);
        assertThat(audiences().lock(ruled.name())).contains(cleared);
    }

    @Test
    void countsAndChoosesAmongThoseWhoAreListed() {
        Audience audience = added(workspace, "readers");
        assertThat(audiences().sample(audience, "email", 10))
                .isEqualTo(new AudienceSample(0, List.of()));
        assertThat(audiences().isEmpty(audience)).isTrue();
        for (int i = 0; i < 5; i++) {
            audiences().add(audience.id(), List.of(person("p" + i).id()));
        }
        person("nobody");

        assertThat(audiences().isEmpty(audience)).isFalse();
        assertThat(audiences().count(audience)).isEqualTo(5);
        AudienceSample some = audiences().sample(audience, "email", 3);
        assertThat(some.members()).isEqualTo(5);
        assertThat(some.chosen()).hasSize(3).doesNotHaveDuplicates();
        assertThat(audiences().sample(audience, "email", 10).chosen())
                .extracting(Identity::value)
                .containsExactlyInAnyOrder("p0", "p1", "p2", "p3", "p4");
    }

    @Test
    void namesWhomItChoosesAsABroadcastDoes() {
        Audience audience = added(workspace, "readers");
        Identity crmId = new Identity("crmId", "ada");
        Identity email = new Identity("email", "ada@example.com");
        Profile ada = person(List.of(crmId, email));
        audiences().add(audience.id(), List.of(ada.id()));

        assertThat(audiences().sample(audience, "email", 1).chosen()).containsExactly(email);
        assertThat(audiences().sample(audience, "phone", 1).chosen()).containsExactly(crmId);
    }

    @Test
    void leavesOutWhoIsGone() {
        AudienceId audience = added(workspace, "readers").id();
        ProfileId ada = person("ada").id();
        var gone = new ProfileId(UUID.randomUUID());

        assertThat(audiences().add(audience, List.of(gone, ada))).isEqualTo(1);
        assertThat(count("readers")).isEqualTo(1);
    }

    @Test
    void countsWhomItAddsAndRemovesOnce() {
        AudienceId audience = added(workspace, "readers").id();
        List<ProfileId> both = List.of(person("ada").id(), person("eve").id());

        assertThat(audiences().add(audience, both.subList(0, 1))).isEqualTo(1);
        assertThat(audiences().add(audience, both)).isEqualTo(1);
        assertThat(audiences().countMembers(audience, both)).isEqualTo(2);
        assertThat(count("readers")).isEqualTo(2);

        assertThat(audiences().remove(audience, both.subList(0, 1))).isEqualTo(1);
        assertThat(audiences().remove(audience, both)).isEqualTo(1);
        assertThat(audiences().remove(audience, both)).isZero();
        assertThat(count("readers")).isZero();
        assertThat(audiences().add(audience, List.of())).isZero();
    }

    @Test
    void deletesAnAudienceWithItsMembershipOnly() {
        Audience audience = added(workspace, "readers");
        Audience kept = added(workspace, "buyers");
        ProfileId ada = person("ada").id();
        audiences().add(audience.id(), List.of(ada));
        audiences().add(kept.id(), List.of(ada));

        audiences().delete(audience.id());

        assertThat(audiences().find(audience.name())).isEmpty();
        assertThat(audiences().members(audience, null, 10)).isEmpty();
        assertThat(audiences().members(kept, null, 10)).containsExactly(ada);
    }

    @Test
    void takesAPersonOutOfEveryAudience() {
        AudienceId readers = added(workspace, "readers").id();
        AudienceId buyers = added(workspace, "buyers").id();
        ProfileId ada = person("ada").id();
        ProfileId eve = person("eve").id();
        audiences().add(readers, List.of(ada, eve));
        audiences().add(buyers, List.of(ada));
        assertThat(audiences().memberships(ada))
                .extracting(AudienceName::audience)
                .containsExactly("buyers", "readers");

        audiences().forget(ada);

        assertThat(audiences().memberships(ada)).isEmpty();
        assertThat(count("readers")).isEqualTo(1);
        assertThat(count("buyers")).isZero();
    }

    @Test
    void makesOnePersonsMembershipsAnothers() {
        AudienceId readers = added(workspace, "readers").id();
        AudienceId buyers = added(workspace, "buyers").id();
        ProfileId ada = person("ada").id();
        ProfileId alsoAda = person("a.l.").id();
        audiences().add(readers, List.of(ada, alsoAda));
        audiences().add(buyers, List.of(alsoAda));

        audiences().move(alsoAda, ada);

        assertThat(audiences().memberships(alsoAda)).isEmpty();
        assertThat(audiences().memberships(ada)).hasSize(2);
        assertThat(count("readers")).isEqualTo(1);
        assertThat(count("buyers")).isEqualTo(1);
    }

    @Test
    void pagesMembersInTheOrderOfTheirIds() {
        Audience audience = added(workspace, "readers");
        List<ProfileId> people =
                Stream.of("ada", "eve", "joe", "zoe")
                        .map(name -> person(name).id())
                        .sorted(Comparator.comparing(ProfileId::toString))
                        .toList();
        audiences().add(audience.id(), people);

        assertThat(audiences().members(audience, null, 3)).isEqualTo(people.subList(0, 3));
        assertThat(audiences().members(audience, people.get(2), 3)).isEqualTo(people.subList(3, 4));
    }

    @Test
    void knowsPeopleByIdAndByIdentityWithinTheWorkspaceOnly() {
        Profile ada = person("ada");
        MemberKey byId = new MemberKey.OfProfile(ada.id());
        MemberKey byIdentity = new MemberKey.OfIdentity(ada.identities().getFirst());
        MemberKey nobody = new MemberKey.OfIdentity(new Identity("crmId", "nobody"));
        MemberKey noProfile = new MemberKey.OfProfile(new ProfileId(UUID.randomUUID()));
        List<MemberKey> keys = List.of(byId, nobody, byIdentity, noProfile);

        assertThat(audiences().resolve(workspace, keys))
                .hasSize(2)
                .containsEntry(byId, ada.id())
                .containsEntry(byIdentity, ada.id());
        assertThat(audiences().resolve(other, keys)).isEmpty();
    }

    @Test
    void listsInTheOrderOfTheNames() {
        Audience readers = added(workspace, "readers");
        Audience buyers = added(workspace, "buyers");
        added(other, "others");

        assertThat(listed("")).containsExactly(buyers, readers);
        assertThat(listed("display_name = \"Audience readers\"")).containsExactly(readers);
        assertThat(listed("create_time < \"2026-03-01T12:00:00Z\"")).isEmpty();
    }

    private Audience added(WorkspaceId in, String id) {
        Audience audience = audience(in, id);
        assertThat(audiences().insert(audience)).isTrue();
        return audience;
    }

    private static Audience audience(WorkspaceId in, String id) {
        return Audience.created(
                new AudienceId(UUID.randomUUID()),
                new AudienceName(in, id),
                new AudienceDefinition("Audience " + id, "", ""),
                NOON);
    }

    private static Audience edited(
            Audience audience, String displayName, String description, String rule) {
        var definition = new AudienceDefinition(displayName, description, rule);
        var decision =
                AudienceLifecycle.update(
                        audience, audience.edited(definition), List::of, NOON.plusSeconds(1));
        return ((AudienceDecision.Changed) decision).audience();
    }

    private Profile person(String name) {
        return person(List.of(new Identity("crmId", name)));
    }

    private Profile person(List<Identity> identities) {
        Profile profile =
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        workspace,
                        identities,
                        ProfileDetails.NONE,
                        NOON);
        givenProfile(profile);
        return profile;
    }

    private long count(String audience) {
        return audiences().find(new AudienceName(workspace, audience)).orElseThrow().memberCount();
    }

    private List<Audience> listed(String filter) {
        Page<Audience> page =
                Page.of(
                        new ListRequest(filter, "", 0, ""),
                        Audiences.FIELDS,
                        query -> audiences().list(workspace, query));
        return FoundPages.entries(page);
    }
}

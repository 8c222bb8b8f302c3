package io.campanile.persistence.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.audience.port.Audiences;
import io.campanile.application.profile.port.Profiles;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.testkit.audience.AudiencesContract;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

class JdbiAudiencesIT extends AudiencesContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Audiences audiences() {
        return new JdbiAudiences(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }

    @Override
    protected void givenProfile(Profile profile) {
        new JdbiProfiles(STORE.database().store()).insert(profile);
    }

    /// With the audience's lock, as whoever adds.
    private int add(Audience audience, Profile person) {
        return STORE.database()
                .store()
                .inTransaction(_ -> {
                    audiences().lock(audience.name());
                    return audiences().add(audience.id(), List.of(person.id()));
                });
    }

    private Audience readers(WorkspaceId workspace) {
        givenWorkspace(workspace);
        Audience audience =
                Audience.created(
                        new AudienceId(UUID.randomUUID()),
                        new AudienceName(workspace, "readers"),
                        new AudienceDefinition("", "", ""),
                        NOON);
        assertThat(audiences().insert(audience)).isTrue();
        return audience;
    }

    private Profile person(WorkspaceId workspace) {
        Profile person =
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        workspace,
                        List.of(new Identity("crmId", UUID.randomUUID().toString())),
                        ProfileDetails.NONE,
                        NOON);
        givenProfile(person);
        return person;
    }

    private void forget(Profile person) {
        Profiles profiles = new JdbiProfiles(STORE.database().store());
        profiles.lock(person.workspace(), person.identities());
        profiles.lockToDelete(person.id());
        audiences().forget(person.id());
        profiles.delete(person);
    }

    @Test
    void whoeverIsErasedMeanwhileBecomesNoMember() {
        WorkspaceId workspace = OwnWorkspaces.next();
        Audience audience = readers(workspace);
        Profile person = person(workspace);

        CompletableFuture<Integer> added =
                STORE.database()
                        .store()
                        .inTransaction(_ -> {
                            forget(person);
                            var adding = CompletableFuture.supplyAsync(() -> add(audience, person));
                            LockWaits.await(STORE.database());
                            return adding;
                        });

        assertThat(added.join()).isZero();
        assertThat(members(audience)).isZero();
    }

    @Test
    void anErasureForgetsWhoeverBecameAMemberMeanwhile() {
        WorkspaceId workspace = OwnWorkspaces.next();
        Audience audience = readers(workspace);
        Profile person = person(workspace);

        CompletableFuture<Void> erased =
                STORE.database()
                        .store()
                        .inTransaction(_ -> {
                            assertThat(add(audience, person)).isEqualTo(1);
                            var erasing =
                                    CompletableFuture.runAsync(() ->
                                            STORE.database()
                                                    .store()
                                                    .inTransaction(_ -> {
                                                        forget(person);
                                                        return person;
                                                    }));
                            LockWaits.await(STORE.database());
                            return erasing;
                        });
        erased.join();

        assertThat(members(audience)).isZero();
    }

    private long members(Audience audience) {
        return audiences().find(audience.name()).orElseThrow().memberCount();
    }

    @Test
    void removesAnAudienceWithAllItsMembersSomeAtATime() {
        WorkspaceId workspace = OwnWorkspaces.next();
        Audience audience = readers(workspace);
        for (int member = 0; member < 5; member++) {
            add(audience, person(workspace));
        }

        new JdbiAudiences(STORE.database().store(), 2).delete(audience.id());

        assertThat(audiences().find(audience.name())).isEmpty();
        assertThat(stillMembersOf(audience)).isZero();
    }

    private static int stillMembersOf(Audience audience) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(
                                        "SELECT count(*) FROM audience_member WHERE audience_id ="
                                                + " :id")
                                .bind("id", audience.id().value())
                                .mapTo(Integer.class)
                                .one());
    }

    /// It would look at all members that were just removed, in one statement.
    @Test
    void haveNoForeignKeyThatWouldReadAllMembersOnceMore() {
        int keys =
                STORE.database()
                        .store()
                        .inStatement(handle ->
                                handle.createQuery(
                                                "SELECT count(*) FROM pg_constraint WHERE"
                                                        + " confrelid = 'audience'::regclass")
                                        .mapTo(Integer.class)
                                        .one());

        assertThat(keys).isZero();
    }

    /// As a merge does that was about to move them.
    @Test
    void leavesNoMemberBehindWhomAnotherMovesMeanwhile() {
        WorkspaceId workspace = OwnWorkspaces.next();
        Audience audience = readers(workspace);
        Profile from = person(workspace);
        Profile to = person(workspace);
        add(audience, from);

        CompletableFuture<Profile> moved =
                STORE.database()
                        .store()
                        .inTransaction(_ -> {
                            audiences().delete(audience.id());
                            var moving =
                                    CompletableFuture.supplyAsync(() ->
                                            STORE.database()
                                                    .store()
                                                    .inTransaction(_ -> {
                                                        audiences().move(from.id(), to.id());
                                                        return to;
                                                    }));
                            LockWaits.await(STORE.database());
                            return moving;
                        });
        moved.join();

        assertThat(stillMembersOf(audience)).isZero();
    }
}

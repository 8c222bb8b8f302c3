package io.campanile.application.audience.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Audiences and their members. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Audiences {
    /// What lists can be filtered and ordered by.
    ListFields<Audience> FIELDS =
            ListFields.<Audience>orderedBy(
                            new SortOrder("name", false), audience -> audience.name().audience())
                    .sortable("name", audience -> audience.name().audience())
                    .time("create_time")
                    .time("update_time")
                    .text("display_name")
                    .build();

    Optional<Audience> find(AudienceName name);

    /// The audience, locked against other changes of it and of its members until the end of the
    /// running transaction.
    Optional<Audience> lock(AudienceName name);

    /// As [#lock], once nobody shares it.
    Optional<Audience> lockToDelete(AudienceName name);

    /// The audience, which nobody deletes until the end of the running transaction; others may
    /// change and share it.
    Optional<Audience> share(AudienceName name);

    /// Adds an audience without listed members.
    ///
    /// @return false, and nothing is written, when the name is taken
    boolean insert(Audience audience);

    /// Replaces the words and the rule of the audience with the same id, which was locked.
    void update(Audience audience);

    /// Removes an audience and its members.
    void delete(AudienceId id);

    /// Fields: see [#FIELDS].
    List<Audience> list(WorkspaceId workspace, Query query);

    /// The audiences of the workspace whose rule has the text somewhere, in the order of their
    /// names.
    List<Audience> withInRule(WorkspaceId workspace, String text);

    /// The profiles of the workspace that the keys point at; keys that point at nobody are left
    /// out.
    Map<MemberKey, ProfileId> resolve(WorkspaceId workspace, Collection<MemberKey> keys);

    /// Makes profiles listed members of a locked audience, which has no rule; those that exist no
    /// more are left out.
    ///
    /// @return how many were none before
    int add(AudienceId audience, Collection<ProfileId> profiles);

    /// Makes profiles no listed members of a locked audience any more.
    ///
    /// @return how many were members before
    int remove(AudienceId audience, Collection<ProfileId> profiles);

    /// How many of the profiles are listed.
    int countMembers(AudienceId audience, Collection<ProfileId> profiles);

    /// The audiences that the person is a member of, in the order of their names.
    List<AudienceName> memberships(ProfileId profile);

    /// Makes one person's memberships another's.
    void move(ProfileId from, ProfileId to);

    /// Makes the person no member of any audience any more.
    void forget(ProfileId profile);

    /// Members in the order of their ids, as the store compares them: those who are listed, or
    /// those whom the rule matches now.
    ///
    /// @param after the last member of the page before; absent for the first page
    List<ProfileId> members(Audience audience, @Nullable ProfileId after, int limit);

    /// Whether there is no member now; stops at the first.
    boolean isEmpty(Audience audience);

    /// How many members there are now.
    long count(Audience audience);

    /// Some members as they are now.
    ///
    /// @param namespace of the identity that each is to be named by
    /// @param most to choose
    AudienceSample sample(Audience audience, String namespace, int most);
}

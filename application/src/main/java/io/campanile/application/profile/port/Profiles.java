package io.campanile.application.profile.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Profiles. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Profiles {
    /// What lists can be filtered and ordered by.
    ListFields<Profile> FIELDS =
            ListFields.<Profile>orderedBy(
                            new SortOrder("create_time", true), profile -> profile.id().toString())
                    .sortableTime("create_time", Profile::createTime)
                    .time("update_time")
                    .build();

    /// How many identities can be locked at once: each takes a place in a table that everybody's
    /// locks share, and without a free place nothing goes on.
    int MOST_LOCKED = 2_000;

    Optional<Profile> find(WorkspaceId workspace, ProfileId id);

    Optional<Profile> find(WorkspaceId workspace, Identity identity);

    /// The profiles with these ids that exist, and those that the identities point at, each once,
    /// in no order.
    List<Profile> find(
            WorkspaceId workspace, Collection<ProfileId> ids, Collection<Identity> identities);

    /// The profiles that the identities point at, each once, the oldest first. Until the end of the
    /// running transaction nobody else can lock any of the identities, known or not, or any of the
    /// profiles, and nobody decides what counts for an identity that points at nobody.
    ///
    /// @param identities at most [#MOST_LOCKED]
    List<Profile> lock(WorkspaceId workspace, Collection<Identity> identities);

    /// As [#lock], with all identities of whoever the given ones point at: for those who take them
    /// away. Somebody may have given them more just before.
    default List<Profile> lockWhole(WorkspaceId workspace, Collection<Identity> identities) {
        Set<Identity> all = new LinkedHashSet<>(identities);
        List<Profile> locked = lock(workspace, all);
        while (locked.stream().map(Profile::identities).anyMatch(all::addAll)) {
            locked = lock(workspace, all);
        }
        return locked;
    }

    /// For adapters: refuses to lock too many.
    ///
    /// @throws IllegalArgumentException when there are more than [#MOST_LOCKED]
    static void refuseMany(Collection<Identity> identities) {
        if (identities.size() > MOST_LOCKED) {
            throw new IllegalArgumentException(identities.size() + " identities at once");
        }
    }

    /// Adds profiles whose identities were locked and point at nobody.
    ///
    /// @throws io.campanile.application.store.StoreUnavailable also when an identity was taken away
    ///   and given to somebody else while its lock was waited for
    void insert(Collection<Profile> created);

    /// As [#insert(Collection)], for one.
    default void insert(Profile created) {
        insert(List.of(created));
    }

    /// Replaces the profiles with the same ids, which were locked; their identities point at nobody
    /// else, and none of those they had before is missing.
    void update(Collection<Profile> changed);

    /// As [#update(Collection)], for one.
    default void update(Profile changed) {
        update(List.of(changed));
    }

    /// Waits until nobody else is making the profile, which was locked, a member of anything, and
    /// then keeps others from it. To be called by whoever deletes the profile, before looking for
    /// its memberships. Everything else that refers to it is gone, or locked, already.
    void lockToDelete(ProfileId leaving);

    /// Removes a profile, which was locked, with its identities. Consents and memberships are gone
    /// already.
    void delete(Profile erased);

    /// Which of the addresses somebody else has: as an identity, among their addresses or in an
    /// attribute. Takes long where there are many people, once for all addresses, and never joins a
    /// transaction.
    ///
    /// @param id of whom they are, besides
    /// @param fields which attributes hold addresses, by dotted path
    Set<EmailAddress> ofOthers(
            WorkspaceId workspace,
            ProfileId id,
            Collection<EmailAddress> addresses,
            Collection<String> fields);

    /// Fields: see [#FIELDS].
    List<Profile> list(WorkspaceId workspace, Query query);
}

package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A person. Every identity points at one person only.
///
/// @param identities at least one, none twice, in the order they became known
/// @param version raised by every change
public record Profile(
        ProfileId id,
        WorkspaceId workspace,
        List<Identity> identities,
        ProfileDetails details,
        long version,
        Instant createTime,
        Instant updateTime) {
    /// More keys than that are no person's.
    public static final int MOST_IDENTITIES = 20;

    public Profile {
        identities = List.copyOf(identities);
        if (identities.isEmpty() || identities.size() > MOST_IDENTITIES) {
            throw new IllegalArgumentException("identities: " + identities.size());
        }
    }

    /// A person nobody has heard of.
    public static Profile created(
            ProfileId id,
            WorkspaceId workspace,
            Collection<Identity> identities,
            ProfileDetails details,
            Instant now) {
        return new Profile(
                id, workspace, List.copyOf(new LinkedHashSet<>(identities)), details, 1, now, now);
    }

    /// All identities with these, each once.
    public Set<Identity> with(Collection<Identity> more) {
        Set<Identity> all = new LinkedHashSet<>(identities);
        all.addAll(more);
        return all;
    }

    /// The person under these identities, with these details.
    public Profile knownAs(Collection<Identity> all, ProfileDetails known, Instant now) {
        return new Profile(id, workspace, List.copyOf(all), known, version + 1, createTime, now);
    }

    /// This person when the other one is the same: under all identities, with what is known of
    /// either; where both say something, this one wins.
    public Profile mergedWith(Profile other, Instant now) {
        return knownAs(with(other.identities), details.completedBy(other.details), now);
    }

    /// This person, with the addresses remembered that they had and have no more: what was stored
    /// under them until now is still the person's.
    ///
    /// @param before what the person was, or the people who are one now
    /// @param addressFields which attributes hold addresses, by dotted path
    public Profile remembering(Collection<Profile> before, Collection<String> addressFields) {
        Set<EmailAddress> present = Set.copyOf(PersonNames.addressesOf(this, addressFields));
        Stream<FormerAddress> given =
                before.stream()
                        .flatMap(person -> PersonNames.addressesOf(person, addressFields).stream())
                        .map(address -> new FormerAddress(address, updateTime));
        List<FormerAddress> former =
                Stream.concat(details.formerAddresses().stream(), given)
                        .filter(each -> !present.contains(each.address()))
                        .toList();
        return new Profile(
                id,
                workspace,
                identities,
                details.remembering(former),
                version,
                createTime,
                updateTime);
    }

    /// The full name, `workspaces/{workspace}/profiles/{profile}`.
    public String name() {
        return id.nameIn(workspace);
    }

    @Override
    public String toString() {
        return name();
    }
}

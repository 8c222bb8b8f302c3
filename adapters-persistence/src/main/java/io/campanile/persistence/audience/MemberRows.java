package io.campanile.persistence.audience;

import io.campanile.application.audience.port.MemberKey;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.IdentityArrays;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.Handle;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Finds out whom the keys of members stand for: two statements, whatever their number.
final class MemberRows {
    private static final String PROFILES =
            """
            SELECT p.profile_id
            FROM profile p
            WHERE p.workspace_id = :workspace AND p.profile_id = ANY (:profiles)
            """;

    private static final String IDENTITIES =
            """
            SELECT t.number, i.profile_id
            FROM unnest(:namespaces, :keys) WITH ORDINALITY AS t (namespace, value, number)
            CROSS JOIN LATERAL (
              SELECT k.profile_id
              FROM profile_identity k
              WHERE k.workspace_id = :workspace AND k.namespace = t.namespace AND k.value = t.value
              OFFSET 0
            ) AS i
            """;

    private MemberRows() {}

    static Map<MemberKey, ProfileId> resolve(
            Handle handle, WorkspaceId workspace, Collection<MemberKey> keys) {
        Map<MemberKey, ProfileId> found = HashMap.newHashMap(keys.size());
        List<ProfileId> profiles =
                keys.stream()
                        .filter(MemberKey.OfProfile.class::isInstance)
                        .map(key -> ((MemberKey.OfProfile) key).profile())
                        .toList();
        if (!profiles.isEmpty()) {
            handle.createQuery(PROFILES)
                    .bind("workspace", workspace.value())
                    .bind("profiles", SqlArrays.uuids(profiles, ProfileId::value))
                    .map((row, _) -> new ProfileId(row.getObject(1, UUID.class)))
                    .forEach(profile -> found.put(new MemberKey.OfProfile(profile), profile));
        }
        List<Identity> identities =
                keys.stream()
                        .filter(MemberKey.OfIdentity.class::isInstance)
                        .map(key -> ((MemberKey.OfIdentity) key).identity())
                        .toList();
        if (!identities.isEmpty()) {
            IdentityArrays.bind(handle.createQuery(IDENTITIES), identities)
                    .bind("workspace", workspace.value())
                    .map((row, _) ->
                            Map.entry(
                                    identities.get(row.getInt("number") - 1),
                                    new ProfileId(row.getObject("profile_id", UUID.class))))
                    .forEach(known ->
                            found.put(new MemberKey.OfIdentity(known.getKey()), known.getValue()));
        }
        return found;
    }
}

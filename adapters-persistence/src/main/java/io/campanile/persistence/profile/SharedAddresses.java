package io.campanile.persistence.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whose else an address is. No index leads from addresses to people, because every change of
/// somebody would pay for it: all people of the workspace are read.
final class SharedAddresses {
    /// Some ten million people.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final String OF_OTHERS =
            """
            SELECT i.value
            FROM profile_identity i
            WHERE i.workspace_id = :workspace AND i.namespace = :email AND i.value = ANY (:spellings) AND i.profile_id <> :profile
            UNION
            SELECT a.address
            FROM profile p
            CROSS JOIN LATERAL (
              SELECT lower(e.address) AS address FROM unnest(p.email_addresses) AS e (address)
              UNION ALL
              SELECT lower(p.attributes #>> string_to_array(f.field, '.')) FROM unnest(:fields) AS f (field)
            ) AS a
            WHERE p.workspace_id = :workspace AND p.profile_id <> :profile AND a.address = ANY (:spellings)
            """;

    private SharedAddresses() {}

    static Set<EmailAddress> ofOthers(
            Store store,
            WorkspaceId workspace,
            ProfileId profile,
            Collection<EmailAddress> addresses,
            Collection<String> fields) {
        List<String> spellings =
                addresses.stream().flatMap(address -> address.spellings().stream()).toList();
        Set<String> found =
                store.inLongTransaction(
                        LONGEST,
                        handle ->
                                handle.createQuery(OF_OTHERS)
                                        .bind("workspace", workspace.value())
                                        .bind("profile", profile.value())
                                        .bind("email", Identity.EMAIL)
                                        .bind("spellings", SqlArrays.texts(spellings, s -> s))
                                        .bind("fields", SqlArrays.texts(fields, field -> field))
                                        .mapTo(String.class)
                                        .set());
        return addresses.stream()
                .filter(address -> !Collections.disjoint(address.spellings(), found))
                .collect(Collectors.toUnmodifiableSet());
    }
}

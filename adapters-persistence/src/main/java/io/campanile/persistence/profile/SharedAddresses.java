package io.campanile.persistence.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;

import java.time.Duration;
import java.util.Collection;

/// Whose else an address is. No index leads from addresses to people, because every change of
/// somebody would pay for it: all people of the workspace are read.
final class SharedAddresses {
    /// Some ten million people.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final String IS_OF_ANOTHER =
            """
            SELECT EXISTS (
              SELECT
              FROM profile_identity i
              WHERE i.workspace_id = :workspace AND i.namespace = :email AND i.value = :address AND i.profile_id <> :profile
            ) OR EXISTS (
              SELECT
              FROM profile p
              WHERE p.workspace_id = :workspace AND p.profile_id <> :profile
                AND (EXISTS (
                  SELECT FROM unnest(p.email_addresses) AS a (address) WHERE lower(a.address) = ANY (:spellings))
                OR EXISTS (
                  SELECT
                  FROM unnest(:fields) AS f (field)
                  WHERE lower(p.attributes #>> string_to_array(f.field, '.')) = ANY (:spellings))))
            """;

    private SharedAddresses() {}

    static boolean isOfAnother(
            Store store,
            WorkspaceId workspace,
            ProfileId profile,
            EmailAddress address,
            Collection<String> fields) {
        return store.inLongTransaction(
                LONGEST,
                handle ->
                        handle.createQuery(IS_OF_ANOTHER)
                                .bind("workspace", workspace.value())
                                .bind("profile", profile.value())
                                .bind("email", Identity.EMAIL)
                                .bind("address", address.comparable())
                                .bind("spellings", SqlArrays.texts(address.spellings(), s -> s))
                                .bind("fields", SqlArrays.texts(fields, field -> field))
                                .mapTo(Boolean.class)
                                .one());
    }
}

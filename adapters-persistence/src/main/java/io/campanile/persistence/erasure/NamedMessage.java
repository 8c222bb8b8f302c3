package io.campanile.persistence.erasure;

import io.campanile.domain.profile.Identity;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// A message that may name somebody who is to be erased: of many people, few are those that it may
/// name.
///
/// @param key the identity's, in the form addresses are compared in
/// @param address in the same form; absent where it stands elsewhere, if at all
record NamedMessage(UUID id, Identity identity, String key, @Nullable String address) {
    static NamedMessage of(ResultSet row) throws SQLException {
        return new NamedMessage(
                row.getObject("message_id", UUID.class),
                new Identity(row.getString("identity_namespace"), row.getString("identity_value")),
                row.getString("key"),
                row.getString("address"));
    }

    /// Without personal data.
    @Override
    public String toString() {
        return id.toString();
    }

    /// Whether it may be this person whom it names.
    boolean mayName(ErasureRows.Pending pending) {
        return address == null
                || pending.spellings().contains(address)
                || pending.erasure().names().identities().contains(identity)
                || (identity.isOfEmail() && pending.spellings().contains(key));
    }
}

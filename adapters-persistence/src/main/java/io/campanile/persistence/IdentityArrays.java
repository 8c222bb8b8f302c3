package io.campanile.persistence;

import io.campanile.domain.profile.Identity;

import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Identities as two arrays of one length, `namespaces` and `keys`.
public final class IdentityArrays {
    private IdentityArrays() {}

    public static <S extends SqlStatement<S>> S bind(S statement, Collection<Identity> identities) {
        return statement
                .bind("namespaces", SqlArrays.texts(identities, Identity::namespace))
                .bind("keys", SqlArrays.texts(identities, Identity::value));
    }

    public static List<Identity> read(ResultSet row) throws SQLException {
        String[] namespaces = (String[]) row.getArray("namespaces").getArray();
        String[] keys = (String[]) row.getArray("keys").getArray();
        List<Identity> identities = new ArrayList<>(keys.length);
        for (int i = 0; i < keys.length; i++) {
            identities.add(new Identity(namespaces[i], keys[i]));
        }
        return identities;
    }
}

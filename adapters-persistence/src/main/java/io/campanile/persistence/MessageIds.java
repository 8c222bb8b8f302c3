package io.campanile.persistence;

import io.campanile.domain.message.MessageId;

import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// Messages as statements name them.
public final class MessageIds {
    private MessageIds() {}

    /// Binds `:messages`, and the `:first` and `:last` of them: within these bounds only the
    /// partitions are read that have some.
    ///
    /// @param sorted in the order of messages; at least one
    public static <S extends SqlStatement<S>> S bind(S statement, List<UUID> sorted) {
        return bind(statement, sorted, Function.identity());
    }

    /// As the other, for what is about one message each.
    public static <S extends SqlStatement<S>, T> S bind(
            S statement, List<T> sorted, Function<? super T, UUID> message) {
        return statement
                .bind("messages", SqlArrays.uuids(sorted, message))
                .bind("first", message.apply(sorted.getFirst()))
                .bind("last", message.apply(sorted.getLast()));
    }

    public static MessageId id(ResultSet row) throws SQLException {
        return new MessageId(row.getObject("message_id", UUID.class));
    }
}

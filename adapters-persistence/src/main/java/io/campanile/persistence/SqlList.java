package io.campanile.persistence;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.domain.workspace.WorkspaceId;

import org.jdbi.v3.core.mapper.RowMapper;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// How one kind of list is filtered, ordered and paged in SQL. Immutable.
///
/// @param fields what the list can be filtered and ordered by
/// @param expressions the SQL of each field: `text` for texts and choices, `text[]` for lists of
///   texts, `timestamptz` for times; keys, and what can be ordered by, are never null
/// @param id the SQL of what the ids of cursors are compared with, as `text`
/// @param several the choices of which an entry can have several: their SQL is `text[]`
public record SqlList(
        ListFields<?> fields, Map<String, String> expressions, String id, Set<String> several) {
    public SqlList {
        expressions = Map.copyOf(expressions);
        several = Set.copyOf(several);
    }

    public SqlList(ListFields<?> fields, Map<String, String> expressions, String id) {
        this(fields, expressions, id, Set.of());
    }

    /// The part of a statement that follows `WHERE` conditions of its own.
    public SqlQuery query(Query query) {
        return new SqlQueryWriter(this).write(query);
    }

    /// The entries of a workspace on one page.
    ///
    /// @param select ends within its conditions, one of which is about `:workspace`
    public <T> List<T> page(
            Store store, String select, WorkspaceId workspace, Query query, RowMapper<T> entry) {
        SqlQuery rest = query(query);
        return store.inStatement(handle ->
                handle.createQuery(select + rest.text())
                        .bind("workspace", workspace.value())
                        .bindMap(rest.values())
                        .map(entry)
                        .list());
    }

    String expression(String field) {
        String expression = expressions.get(field);
        if (expression == null) {
            throw new IllegalArgumentException("the list has no field " + field);
        }
        return expression;
    }

    boolean isTime(String field) {
        return fields.kind(field).orElse(null) instanceof ListFields.Kind.Time;
    }

    boolean isKey(String field) {
        return fields.kind(field).orElse(null) instanceof ListFields.Kind.Key;
    }

    boolean isList(String field) {
        return several.contains(field)
                || fields.kind(field).orElse(null) instanceof ListFields.Kind.TextList;
    }
}

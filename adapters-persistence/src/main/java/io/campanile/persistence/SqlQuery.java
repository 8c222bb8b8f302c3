package io.campanile.persistence;

import java.util.Map;

/// The end of a `SELECT`: `AND` conditions, `ORDER BY` and `LIMIT`.
///
/// @param text to append after a condition of the statement's own
/// @param values to bind by name with `bindMap`
public record SqlQuery(String text, Map<String, Object> values) {
    public SqlQuery {
        values = Map.copyOf(values);
    }
}

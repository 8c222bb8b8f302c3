package io.campanile.domain.content;

/// The JSON type a variable must have; `ANY` when the author declared none.
public enum FieldType {
    ANY,
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN,
    TIMESTAMP,
    URL,
    LIST,
    OBJECT
}

package io.campanile.domain.content;

import io.campanile.domain.schema.AttributeType;

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
    OBJECT;

    /// Whether an attribute of that type can be what this type asks for.
    boolean mayBe(AttributeType type) {
        return switch (this) {
            case ANY -> true;
            case STRING, TIMESTAMP ->
                    type == AttributeType.STRING || type == AttributeType.TIMESTAMP;
            case URL -> type == AttributeType.STRING;
            case NUMBER -> type == AttributeType.NUMBER;
            // An integer may be written as a text of digits.
            case INTEGER -> type == AttributeType.NUMBER || type == AttributeType.STRING;
            case BOOLEAN -> type == AttributeType.BOOLEAN;
            case LIST -> type == AttributeType.LIST;
            case OBJECT -> type == AttributeType.MAP;
        };
    }
}

package io.campanile.server;

/// Something that must never be shown: a password, a key. Prints as `[redacted]`.
public record Secret(String value) {
    public Secret {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A secret must not be empty");
        }
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}

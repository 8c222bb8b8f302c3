package io.campanile.persistence.rule;

import java.util.List;

/// What a rule asks about.
sealed interface Operand {
    /// A value of any type, or none: whatever was stored under that path.
    record Attribute(List<String> path) implements Operand {
        public Attribute {
            path = List.copyOf(path);
        }
    }

    record Locale() implements Operand {}

    record TimeZone() implements Operand {}

    record CreateTime() implements Operand {}

    record UpdateTime() implements Operand {}

    /// What the person said about marketing at exactly this level.
    ///
    /// @param topic empty for every topic
    record Consent(String channel, String topic) implements Operand {}
}

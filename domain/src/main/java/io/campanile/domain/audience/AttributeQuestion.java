package io.campanile.domain.audience;

import io.campanile.domain.schema.AttributeType;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What a rule asks of an attribute.
public sealed interface AttributeQuestion {
    /// Why no value of the type ever answers it, or what to write instead; nothing when one can.
    ///
    /// @param attribute as rules write it
    Optional<String> objection(String attribute, AttributeType type);

    private static String lookInto(String list) {
        return "look for something in it, as in \"a\" in " + list + ".";
    }

    /// Whether it is there.
    record Present() implements AttributeQuestion {
        @Override
        public Optional<String> objection(String attribute, AttributeType type) {
            return Optional.empty();
        }
    }

    /// Whether it equals a literal, or what its order to it is.
    ///
    /// @param literal `STRING`, `NUMBER` or `BOOLEAN`
    record Compared(AttributeType literal) implements AttributeQuestion {
        @Override
        public Optional<String> objection(String attribute, AttributeType type) {
            return switch (type) {
                case STRING -> unless(AttributeType.STRING, "compare it with texts.");
                case TIMESTAMP ->
                        unless(
                                AttributeType.STRING,
                                "compare it with texts such as \"2026-03-01T12:00:00Z\".");
                case NUMBER -> unless(AttributeType.NUMBER, "compare it with numbers.");
                case BOOLEAN ->
                        unless(
                                AttributeType.BOOLEAN,
                                "compare it with true or false, by == or !=.");
                case LIST -> Optional.of(lookInto(attribute));
                case MAP -> Optional.of("compare one of its parts.");
            };
        }

        private Optional<String> unless(AttributeType fitting, String text) {
            return literal == fitting ? Optional.empty() : Optional.of(text);
        }
    }

    /// Whether there is some text in it, at its beginning, at its end or anywhere.
    record Searched() implements AttributeQuestion {
        @Override
        public Optional<String> objection(String attribute, AttributeType type) {
            return switch (type) {
                case STRING, TIMESTAMP -> Optional.empty();
                case LIST -> Optional.of(lookInto(attribute));
                case NUMBER, BOOLEAN, MAP -> Optional.of("only texts are searched.");
            };
        }
    }

    /// Whether a literal is an element or a key of it.
    ///
    /// @param key the literal as the key that a map may have; absent when it is no text
    record Holds(@Nullable String key) implements AttributeQuestion {
        @Override
        public Optional<String> objection(String attribute, AttributeType type) {
            return switch (type) {
                case LIST -> Optional.empty();
                case MAP -> key == null ? Optional.of("its keys are texts.") : Optional.empty();
                case STRING, TIMESTAMP ->
                        Optional.of("search it by contains(), startsWith() or endsWith().");
                case NUMBER, BOOLEAN -> Optional.of("only lists and maps have something in them.");
            };
        }

        /// Elements of lists may be personal: never printed.
        @Override
        public String toString() {
            return "Holds[redacted]";
        }
    }
}

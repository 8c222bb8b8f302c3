package io.campanile.domain.eligibility;

import io.campanile.domain.profile.Attributes;

import java.util.Optional;
import java.util.stream.Stream;

/// Which attributes may hold a person's address, by dotted path such as `work.email`; empty where
/// none is named.
///
/// @param ofConfiguration asked first
/// @param ofWorkspace asked when the former has no value
public record AddressFields(String ofConfiguration, String ofWorkspace) {
    /// The person's own addresses are all there is.
    public static final AddressFields NONE = new AddressFields("", "");

    /// Why a field cannot be named; nothing with most. Who writes `profile.` before an attribute,
    /// as content does, hardly means one within an attribute of that name.
    public static Optional<String> fault(String field) {
        return field.startsWith("profile.")
                ? Optional.of("must name the attribute alone, without profile. before it")
                : Optional.empty();
    }

    /// What an attribute holds, whether it is an address or not.
    ///
    /// @param ofCall whether the call says so, and not the profile
    record Held(String field, Object value, boolean ofCall) {
        @Override
        public String toString() {
            return field;
        }
    }

    /// The first that has a value. An empty text is none: many systems write it for what is not
    /// known.
    ///
    /// @param stored of the profile
    /// @param overlay of the call, laid over the former by name
    Optional<Held> held(Attributes stored, Attributes overlay) {
        return Stream.of(ofConfiguration, ofWorkspace)
                .filter(field -> !field.isEmpty())
                .flatMap(field -> held(stored, overlay, field).stream())
                .findFirst();
    }

    private static Optional<Held> held(Attributes stored, Attributes overlay, String field) {
        boolean ofCall = overlay.cover(field);
        return (ofCall ? overlay : stored)
                .at(field)
                .filter(value -> !value.equals(""))
                .map(value -> new Held(field, value, ofCall));
    }
}

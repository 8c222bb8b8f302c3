package io.campanile.application.audience;

import io.campanile.domain.audience.Audience;

import java.util.List;

/// What adding or removing members did; with `validate_only`, what it would do.
///
/// @param audience afterwards
/// @param changed members that were added or removed
/// @param unchanged keys of people who were members, or none, already, and keys that stood for one
///   person twice
/// @param unknown places of the keys that point at nobody, in order
public record MembersChange(Audience audience, int changed, int unchanged, List<Integer> unknown) {
    public MembersChange {
        unknown = List.copyOf(unknown);
    }
}

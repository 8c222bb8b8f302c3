package io.campanile.application.consent;

import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentState;

/// What somebody said, before it is recorded.
///
/// @param source where it was said; may be empty
/// @param proof what shows that it was said; may be empty
public record Said(ConsentLevel level, ConsentState state, String source, String proof) {
    @Override
    public String toString() {
        return level + " " + state;
    }
}

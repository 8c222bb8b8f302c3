package io.campanile.domain.audience;

import java.util.List;

/// An audience as a review looks at it.
///
/// @param isEmpty whether members are listed in it, and there are none at the moment
/// @param dangling the references of its rule that lead nowhere by now
public record ReviewedAudience(Audience audience, boolean isEmpty, List<MemberReference> dangling) {
    public ReviewedAudience {
        dangling = List.copyOf(dangling);
    }
}

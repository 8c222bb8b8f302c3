package io.campanile.application.access;

import io.campanile.application.store.RequestId;
import io.campanile.domain.access.Actor;

import org.jspecify.annotations.Nullable;

/// What every changing call carries besides what it changes.
///
/// @param requestId absent when a repetition is to be a call of its own
/// @param version the etag the caller has seen; absent when it does not care
/// @param validateOnly checks everything, changes nothing
public record ChangeCall(
        Actor by, @Nullable RequestId requestId, @Nullable Long version, boolean validateOnly) {

    /// A call that cares for nothing but the change.
    public static ChangeCall by(Actor actor) {
        return new ChangeCall(actor, null, null, false);
    }

    public boolean mayChange(long currentVersion) {
        return version == null || version == currentVersion;
    }
}

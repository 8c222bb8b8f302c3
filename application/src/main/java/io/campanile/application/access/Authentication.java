package io.campanile.application.access;

import java.time.Instant;

/// What a presented key opens.
public sealed interface Authentication {
    record Authenticated(Caller caller) implements Authentication {}

    /// Not a key of ours.
    record Unknown() implements Authentication {}

    record Expired(Instant expireTime) implements Authentication {}

    record Revoked() implements Authentication {}

    /// Nobody looked: too many keys are looked up that were never seen here. Another call, soon,
    /// may tell.
    record NotLookedUp() implements Authentication {}
}

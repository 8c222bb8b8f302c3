package io.campanile.grpc.call;

import io.campanile.application.access.Authenticate;
import io.campanile.application.access.Authentication;
import io.campanile.application.access.Caller;
import io.campanile.v1.ErrorReason;
import io.grpc.Metadata;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/// Finds out who calls, by the key in the headers. Thread-safe.
public final class KeyCheck {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST_KEY = 200;

    private final Authenticate authenticate;

    public KeyCheck(Authenticate authenticate) {
        this.authenticate = authenticate;
    }

    /// The caller, when that is known without asking anybody; never blocks.
    public @Nullable Caller known(Metadata headers) {
        return key(headers).flatMap(authenticate::cached).orElse(null);
    }

    /// The caller; may block.
    ///
    /// @throws io.grpc.StatusRuntimeException `UNAUTHENTICATED` without a valid key, `UNAVAILABLE`
    ///   while too many are looked up to tell
    public Caller require(Metadata headers) {
        String key =
                key(headers)
                        .orElseThrow(() ->
                                GateErrors.unauthenticated(
                                        ErrorReason.ERROR_REASON_API_KEY_MISSING,
                                        "send authorization: Bearer cmp_…",
                                        Map.of()));
        return switch (authenticate.authenticate(key)) {
            case Authentication.Authenticated(var caller) -> caller;
            case Authentication.Unknown _ ->
                    throw GateErrors.unauthenticated(
                            ErrorReason.ERROR_REASON_API_KEY_INVALID,
                            "the key is none that was given out",
                            Map.of());
            case Authentication.Expired(var expireTime) ->
                    throw GateErrors.unauthenticated(
                            ErrorReason.ERROR_REASON_API_KEY_EXPIRED,
                            "the key has expired",
                            Map.of("expireTime", expireTime.toString()));
            case Authentication.Revoked _ ->
                    throw GateErrors.unauthenticated(
                            ErrorReason.ERROR_REASON_API_KEY_REVOKED,
                            "the key was revoked",
                            Map.of());
            case Authentication.NotLookedUp _ -> throw GateErrors.keyNotLookedUp();
        };
    }

    private static Optional<String> key(Metadata headers) {
        String value = headers.get(AUTHORIZATION);
        if (value == null || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        // A key that is too long to be one is unknown like any other; nobody hashes a megabyte.
        int end = Math.min(value.length(), SCHEME.length() + LONGEST_KEY);
        return Optional.of(value.substring(SCHEME.length(), end));
    }
}

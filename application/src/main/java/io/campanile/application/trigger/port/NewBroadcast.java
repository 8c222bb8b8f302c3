package io.campanile.application.trigger.port;

import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.broadcast.Canary;
import io.campanile.domain.broadcast.WriteRate;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What an execution for an audience has besides.
///
/// @param audienceName the last part of its name
/// @param identityNamespace whose identities name the recipients; empty for the first of each
/// @param payload what all its messages share, encoded by
///   [io.campanile.application.content.port.PayloadCodec]
/// @param startTime from then on its members are copied, and its messages written
/// @param started the line of the audit trail that is written with it
public record NewBroadcast(
        AudienceId audience,
        String audienceName,
        String identityNamespace,
        byte[] payload,
        Instant startTime,
        WriteRate rate,
        @Nullable Canary canary,
        AuditEntry started) {

    @Override
    public String toString() {
        return "NewBroadcast[" + audienceName + "]";
    }
}

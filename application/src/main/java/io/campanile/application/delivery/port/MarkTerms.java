package io.campanile.application.delivery.port;

import io.campanile.domain.channel.ChannelConfigurationId;

import java.time.Instant;

/// What a mark is bound to.
///
/// @param version of the channel configuration, by which messages were decided and are handed over
/// @param attemptEndTime when an attempt that begins now ends at the latest, by whichever clock
/// @param again whether an earlier mark of the same claims may have marked them, or may still do so
public record MarkTerms(
        ChannelConfigurationId configuration,
        long version,
        Instant attemptEndTime,
        boolean again) {}

package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;

import java.time.Instant;

/// Where mail went to a person and does not any more.
///
/// @param address in the form addresses are compared in
/// @param until when the person gave it up: what is stored under it from then on may be about
///   somebody else
public record FormerAddress(EmailAddress address, Instant until) {}

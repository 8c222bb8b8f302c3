package io.campanile.application.message.port;

import io.campanile.domain.broadcast.FanOutState;

/// What an execution for an audience has besides.
///
/// @param audience the last part of its name
/// @param planned its members when it began; 0 before
/// @param written how many of them have a message; the others are among the execution's counts all
///   the same
public record BroadcastView(
        String audience, FanOutState state, boolean paused, long planned, long written) {}

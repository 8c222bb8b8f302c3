package io.campanile.application.message.port;

import org.jspecify.annotations.Nullable;

/// Which executions for an audience are wanted; no others are then.
///
/// @param audience the last part of its name; absent for any
/// @param unsettled only those with a message that is open or to be written
public record BroadcastCondition(@Nullable String audience, boolean unsettled) {}

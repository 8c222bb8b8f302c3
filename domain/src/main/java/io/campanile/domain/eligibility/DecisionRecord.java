package io.campanile.domain.eligibility;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What is kept of a decision about a message: enough to explain it when the facts have changed.
///
/// @param facts what was known when it was made
/// @param reason which rule said no; absent when none did
/// @param time when it was made
/// @param unrendered why the message could not be rendered then, with the variable that is to blame
///   and no value; empty when it could
public record DecisionRecord(
        Facts facts, @Nullable Reason reason, Instant time, String unrendered) {
    /// The record of a message that could be rendered, or was not to be.
    public DecisionRecord(Facts facts, @Nullable Reason reason, Instant time) {
        this(facts, reason, time, "");
    }

    /// The facts behind a hand-over of which nothing was kept: see [Decided#recordOfFirst].
    ///
    /// @param address of the call
    public static Facts factsWithoutRecord(WorkspaceId workspace, @Nullable EmailAddress address) {
        return Facts.nothing(
                new Occasion(workspace, Channel.EMAIL, Purpose.SERVICE, ""),
                new Addressee(null, address));
    }
}

package io.campanile.application.delivery.port;

import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;

/// A node's right to one message: worthless as soon as somebody else has claimed it.
public record Claim(MessageId message, ClaimEpoch epoch) {}

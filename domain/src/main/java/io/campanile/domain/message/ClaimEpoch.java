package io.campanile.domain.message;

/// The fencing token of a claim: raised by every claim, so that a late owner changes nothing.
public record ClaimEpoch(int value) {
    /// The claim a message is born with when the accepting node keeps it.
    public static final ClaimEpoch FIRST = new ClaimEpoch(1);
}

package io.campanile.domain.broadcast;

/// How many messages of a broadcast are open.
///
/// @param all the sum
/// @param putOff how many of them wait for a later time: quiet hours, or one more attempt
/// @param held how many of those wait until somebody resumes it
public record OpenMessages(long all, long putOff, long held) {
    /// Those in or in front of delivery.
    public long inDelivery() {
        return all - putOff;
    }
}

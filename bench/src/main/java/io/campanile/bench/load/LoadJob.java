package io.campanile.bench.load;

/// What the load generator is asked to do.
///
/// @param inFlight calls without answer at most
/// @param messages how many to trigger at most
/// @param seconds how long to go on at most
/// @param perSecond how many calls to start a second whatever comes back, 0: as answers come
/// @param repeatRefused whether refused calls are repeated with the same request id until accepted
/// @param file where to put when each message's call began, empty: nowhere
public record LoadJob(
        Way way,
        int inFlight,
        int messages,
        double seconds,
        double perSecond,
        boolean repeatRefused,
        String file) {

    /// How calls are made.
    public enum Way {
        /// Calls an echo, which does nothing.
        ECHO,
        /// Calls `TriggerCampaign`.
        UNARY,
        /// Sends triggers over `StreamTriggers`.
        STREAM,
        /// None: mails go straight to the SMTP server.
        SMTP
    }

    /// So many in flight for a while.
    public static LoadJob closed(Way way, int inFlight, double seconds) {
        return new LoadJob(way, inFlight, Integer.MAX_VALUE, seconds, 0, false, "");
    }
}

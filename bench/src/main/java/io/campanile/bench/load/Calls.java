package io.campanile.bench.load;

import io.campanile.v1.TriggerCampaignRequest;

/// A way to make a call.
interface Calls {
    /// Starts a call and returns at once; the answer comes on a thread of the channel.
    void start(TriggerCampaignRequest request, Answer answer);

    /// Ends what is open for several calls.
    default void end() {}

    /// Takes what a call came to, once.
    interface Answer {
        void accepted();

        /// "Not now": the same request may be accepted later.
        void refused();

        void failed(String why);
    }
}

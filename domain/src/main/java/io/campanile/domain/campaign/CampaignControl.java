package io.campanile.domain.campaign;

/// What intake and marks obey: one row per campaign, locked shared by both, so that a change of it
/// waits for those that run and binds all that follow.
///
/// @param liveRevision the only one under which triggers are accepted; 0 before the first
///   activation
public record CampaignControl(boolean acceptsTriggers, int liveRevision, Delivery delivery) {

    /// Whether a trigger is accepted that was checked by this revision.
    public boolean accepts(int revision) {
        return acceptsTriggers && revision == liveRevision;
    }

    /// What happens to the campaign's open messages.
    public enum Delivery {
        DELIVER,
        /// They wait.
        HOLD,
        /// They are cancelled, but for those in `SENDING`.
        CANCEL
    }
}

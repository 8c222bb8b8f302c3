package io.campanile.domain.campaign;

/// What intake and marks obey: one row per campaign, locked shared by both, so that a change of it
/// waits for those that run and binds all that follow.
public record CampaignControl(boolean acceptsTriggers, Delivery delivery) {

    /// What happens to the campaign's open messages.
    public enum Delivery {
        DELIVER,
        /// They wait.
        HOLD,
        /// They are cancelled, but for those in `SENDING`.
        CANCEL
    }
}

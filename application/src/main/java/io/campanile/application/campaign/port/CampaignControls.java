package io.campanile.application.campaign.port;

import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.StopCounts;

/// The control rows: what intake and marks lock shared and obey. Thread-safe; joins the running
/// transaction, if any.
public interface CampaignControls {
    /// Writes the control row. Waits for the intake and the marks that hold it; whatever comes
    /// after the commit obeys the new value.
    void set(CampaignId id, CampaignControl control);

    /// Counts the campaign's open messages; without a stop, `toCancel` are those that wait. After
    /// [#set] with a value that allows no delivery, in the same transaction, `inHandOver` cannot
    /// grow any more. Intake and marks wait while this counts. So where there are too many messages
    /// to count within seconds, only those in hand-over are counted.
    StopCounts countOpen(CampaignId id);
}

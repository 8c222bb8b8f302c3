package io.campanile.domain.campaign;

import io.campanile.domain.content.Finding;

import java.util.List;

/// Why a campaign cannot do what was asked, so that a person can act on it.
///
/// @param text what is in the way, one sentence
/// @param whatToDo how to get there, one sentence
/// @param findings the errors of the review, when that is the reason
public record CampaignRefusal(Reason reason, String text, String whatToDo, List<Finding> findings) {

    /// The reason's name, the same in the API.
    public enum Reason {
        /// The state does not allow the call.
        CAMPAIGN_STATE_CONFLICT,
        /// The review has errors.
        CAMPAIGN_REVIEW_FAILED,
        /// There is no draft beside the live revision.
        CAMPAIGN_DRAFT_MISSING,
        /// There is a draft already.
        CAMPAIGN_DRAFT_EXISTS
    }

    public CampaignRefusal {
        findings = List.copyOf(findings);
    }

    static CampaignRefusal of(Reason reason, String text, String whatToDo) {
        return new CampaignRefusal(reason, text, whatToDo, List.of());
    }
}

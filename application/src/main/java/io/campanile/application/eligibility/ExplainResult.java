package io.campanile.application.eligibility;

import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.trigger.FieldViolation;

import java.util.List;

/// What an explanation came to.
public sealed interface ExplainResult {
    /// What every rule says, in their order.
    record Explained(List<Verdict> verdicts) implements ExplainResult {
        public Explained {
            verdicts = List.copyOf(verdicts);
        }
    }

    /// A trigger with such a recipient would be refused.
    record Invalid(FieldViolation violation) implements ExplainResult {}

    record CampaignUnknown(CampaignName name) implements ExplainResult {}

    /// It has never been activated, so that nobody can be written to.
    record CampaignNeverActivated(CampaignName name) implements ExplainResult {}

    /// Asked as for a broadcast, and only marketing has those.
    record CampaignTransactional(CampaignName name) implements ExplainResult {}
}

package io.campanile.application.campaign;

import io.campanile.domain.campaign.Difference;
import io.campanile.domain.campaign.Revision;

import java.util.List;

/// A revision as people look at it.
///
/// @param differences from the revision before; empty for the first
public record RevisionView(Revision revision, List<Difference> differences) {
    public RevisionView {
        differences = List.copyOf(differences);
    }
}

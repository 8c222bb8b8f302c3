package io.campanile.application.audience.port;

import io.campanile.domain.audience.Audience;
import io.campanile.domain.use.Uses;

/// Which campaigns need audiences. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface AudienceUses {
    /// The campaigns that have not ended and name the audience, and those of whose broadcasts to it
    /// the members are not known yet: [io.campanile.domain.use.CampaignUse.Tie#OPEN].
    Uses uses(Audience audience);
}

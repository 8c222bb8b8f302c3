package io.campanile.domain.channel;

/// What a campaign is for; decides which rules apply to its messages.
public enum Category {
    /// Needs consent and obeys business rules; is never sent twice.
    MARKETING,
    /// Answers something the person did; must arrive, even at the price of a double.
    TRANSACTIONAL;

    /// Whether its campaigns may be for an audience. The others answer somebody, whom the call
    /// names.
    public boolean takesAudiences() {
        return this == MARKETING;
    }
}

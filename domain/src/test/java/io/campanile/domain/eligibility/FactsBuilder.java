package io.campanile.domain.eligibility;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.suppression.SuppressionFact;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is known of [#SOMEBODY] before an email. Nothing is on record until a test says so.
final class FactsBuilder {
    /// Has no profile.
    static final Addressee SOMEBODY = new Addressee(null, new EmailAddress("ada@example.com"));

    private final Occasion occasion;
    private boolean sendsWhenUnset;
    private List<Consent> profileConsents = List.of();
    private List<Consent> addressConsents = List.of();
    private @Nullable SuppressionFact addressSuppression;
    private @Nullable SuppressionFact domainSuppression;

    private FactsBuilder(Occasion occasion) {
        this.occasion = occasion;
    }

    static FactsBuilder factsBefore(Occasion occasion) {
        return new FactsBuilder(occasion);
    }

    /// Before marketing that goes to everybody who has not refused it.
    static FactsBuilder factsBeforeMarketing() {
        return factsBefore(new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.MARKETING, ""))
                .sendingWhenUnset(true);
    }

    FactsBuilder sendingWhenUnset(boolean newSendsWhenUnset) {
        sendsWhenUnset = newSendsWhenUnset;
        return this;
    }

    FactsBuilder saidByThem(List<Consent> consents) {
        profileConsents = consents;
        return this;
    }

    FactsBuilder saidForTheirAddress(List<Consent> consents) {
        addressConsents = consents;
        return this;
    }

    FactsBuilder suppressed(
            @Nullable SuppressionFact byAddress, @Nullable SuppressionFact byDomain) {
        addressSuppression = byAddress;
        domainSuppression = byDomain;
        return this;
    }

    Facts build() {
        return new Facts(
                occasion,
                SOMEBODY,
                sendsWhenUnset,
                profileConsents,
                addressConsents,
                addressSuppression,
                domainSuppression);
    }
}

package io.campanile.application.eligibility;

import io.campanile.application.audience.AudienceTooSlow;
import io.campanile.application.audience.port.AudienceSample;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.eligibility.AudienceEstimate;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.trigger.Admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Decides about a sample of an audience as delivery would, if it were triggered now. Thread-safe.
public final class AudienceForecast {
    /// Enough for a share that is right within three percentage points, and decided in one go.
    static final int LARGEST_SAMPLE = 1_000;

    private final Audiences audiences;
    private final DecideRecipients eligibility;
    private final InstantSource clock;

    public AudienceForecast(
            Audiences audiences, DecideRecipients eligibility, InstantSource clock) {
        this.audiences = audiences;
        this.eligibility = eligibility;
        this.clock = clock;
    }

    /// Whether nobody is in the audience. Blocks.
    ///
    /// @throws AudienceTooSlow when its rule takes too long
    boolean isEmpty(Audience audience) {
        return AudienceTooSlow.reading(audience, () -> audiences.isEmpty(audience));
    }

    /// What the mailing would come to. Blocks.
    ///
    /// @param identityNamespace how the campaign names the members
    /// @param retryWindow the channel configuration's: when a message expires
    /// @throws AudienceTooSlow when the rule of the audience takes too long
    AudienceEstimate of(
            Audience audience, String identityNamespace, Mailing mailing, Duration retryWindow) {
        AudienceSample sample =
                AudienceTooSlow.reading(
                        audience,
                        () -> audiences.sample(audience, identityNamespace, LARGEST_SAMPLE));
        List<Subject> subjects = sample.chosen().stream().map(mailing::member).toList();
        Instant now = clock.instant();
        Instant expireTime = Admission.expireTime(null, null, retryWindow, now);
        List<Decision> decisions =
                eligibility.decide(subjects, now).stream()
                        .map(decided -> decided.decision().before(expireTime))
                        .toList();
        return AudienceEstimate.of(sample.members(), decisions);
    }
}

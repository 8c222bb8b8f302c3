package io.campanile.application.eligibility;

import io.campanile.application.audience.AudienceTooSlow;
import io.campanile.application.audience.port.AudienceSample;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.content.Contract;
import io.campanile.domain.eligibility.AudienceEstimate;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
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

    /// What is to be sent.
    ///
    /// @param addressField the channel configuration's: the attribute that holds the address
    /// @param retryWindow the channel configuration's: when a message expires
    record Mailing(
            CampaignDefinition definition,
            Occasion occasion,
            Contract contract,
            String addressField,
            Duration retryWindow) {

        static Mailing of(
                CampaignDefinition definition,
                Occasion occasion,
                ChannelConfiguration configuration) {
            return new Mailing(
                    definition,
                    occasion,
                    Contract.of(definition.content(), definition.fields()),
                    configuration.addressField(),
                    configuration.retryWindow());
        }
    }

    /// Whether nobody is in the audience. Blocks.
    ///
    /// @throws AudienceTooSlow when its rule takes too long
    boolean isEmpty(Audience audience) {
        return AudienceTooSlow.reading(audience, () -> audiences.isEmpty(audience));
    }

    /// What the mailing would come to. Blocks.
    ///
    /// @throws AudienceTooSlow when the rule of the audience takes too long
    AudienceEstimate of(Audience audience, Mailing mailing) {
        AudienceSample sample =
                AudienceTooSlow.reading(
                        audience,
                        () ->
                                audiences.sample(
                                        audience,
                                        mailing.definition().identityNamespace(),
                                        LARGEST_SAMPLE));
        List<Subject> subjects =
                sample.chosen().stream().map(member -> subject(member, mailing)).toList();
        Instant now = clock.instant();
        Instant expireTime = Admission.expireTime(null, null, mailing.retryWindow(), now);
        List<Decision> decisions =
                eligibility.decide(subjects, now).stream()
                        .map(decided -> decided.decision().before(expireTime))
                        .toList();
        return AudienceEstimate.of(sample.members(), decisions);
    }

    private static Subject subject(Identity member, Mailing mailing) {
        return new Subject(
                mailing.occasion(),
                mailing.definition().ruleSets(),
                member,
                null,
                mailing.addressField(),
                Attributes.NONE,
                mailing.contract().readsProfile(),
                null);
    }
}

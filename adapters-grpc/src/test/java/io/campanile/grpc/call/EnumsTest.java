package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.domain.access.Role;
import io.campanile.domain.audience.AudienceDecision;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignCommand;
import io.campanile.domain.campaign.PauseMode;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ConfigurationLifecycle;
import io.campanile.domain.channel.PushToken;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.channel.UnknownOutcomeRule;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.content.Finding;
import io.campanile.domain.eligibility.Rule;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetLifecycle;
import io.campanile.domain.schema.AttributeType;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.trigger.ViolationReason;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.Consent;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.Message;
import io.campanile.v1.RuleVerdict;
import io.campanile.v1.SmtpProvider;
import io.campanile.v1.Suppression;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;

/// What the program says is never without a word in the API.
class EnumsTest {
    /// A field that is declared without a type has it unspecified in the API.
    private static final Set<Enum<?>> NEVER_ASKED_FOR = Set.of(FieldType.ANY);

    record Pair<P extends Enum<P>>(Class<? extends Enum<?>> ours, Class<P> theirs, String prefix) {
        P proto(Enum<?> constant) {
            return Enums.proto(theirs, prefix, constant);
        }
    }

    static List<Pair<?>> pairs() {
        return List.<Pair<?>>of(
                new Pair<>(Role.class, io.campanile.v1.Role.class, "ROLE_"),
                new Pair<>(
                        AttributeType.class,
                        io.campanile.v1.AttributeDefinition.Type.class,
                        "TYPE_"),
                new Pair<>(AudienceDecision.Reason.class, ErrorReason.class, "ERROR_REASON_"),
                new Pair<>(Reason.class, Message.Reason.class, "REASON_"),
                new Pair<>(
                        ViolationReason.class,
                        io.campanile.v1.ViolationReason.class,
                        "VIOLATION_REASON_"),
                new Pair<>(Campaign.State.class, io.campanile.v1.Campaign.State.class, "STATE_"),
                new Pair<>(
                        PauseMode.class, io.campanile.v1.Campaign.PauseMode.class, "PAUSE_MODE_"),
                new Pair<>(
                        CampaignCommand.Action.class,
                        io.campanile.v1.Campaign.Action.class,
                        "ACTION_"),
                new Pair<>(
                        ProfileLookup.class,
                        CampaignDefinition.ProfileLookup.class,
                        "PROFILE_LOOKUP_"),
                new Pair<>(
                        DeliveryMode.class,
                        CampaignDefinition.DeliveryMode.class,
                        "DELIVERY_MODE_"),
                new Pair<>(FieldType.class, io.campanile.v1.FieldType.class, "FIELD_TYPE_"),
                new Pair<>(Finding.Level.class, io.campanile.v1.Finding.Level.class, "LEVEL_"),
                new Pair<>(Finding.Code.class, io.campanile.v1.Finding.Code.class, "CODE_"),
                new Pair<>(
                        UnknownOutcomeRule.class,
                        io.campanile.v1.ChannelConfiguration.UnknownOutcomeRule.class,
                        "UNKNOWN_OUTCOME_RULE_"),
                new Pair<>(
                        ChannelConfiguration.State.class,
                        io.campanile.v1.ChannelConfiguration.State.class,
                        "STATE_"),
                new Pair<>(
                        ConfigurationLifecycle.Action.class,
                        io.campanile.v1.ChannelConfiguration.Action.class,
                        "ACTION_"),
                new Pair<>(SmtpServer.Security.class, SmtpProvider.Security.class, "SECURITY_"),
                new Pair<>(Rule.class, RuleVerdict.Rule.class, "RULE_"),
                new Pair<>(Lane.class, io.campanile.v1.Lane.class, "LANE_"),
                new Pair<>(
                        ProviderStatus.Breaker.class,
                        io.campanile.v1.ProviderStatus.Breaker.class,
                        "BREAKER_"),
                new Pair<>(ConsentState.class, Consent.State.class, "STATE_"),
                new Pair<>(Purpose.class, Consent.Purpose.class, "PURPOSE_"),
                new Pair<>(Channel.class, io.campanile.v1.Channel.class, "CHANNEL_"),
                new Pair<>(
                        PushToken.Platform.class,
                        io.campanile.v1.PushToken.Platform.class,
                        "PLATFORM_"),
                new Pair<>(
                        QuietHours.Behaviour.class,
                        io.campanile.v1.QuietHours.Behaviour.class,
                        "BEHAVIOUR_"),
                new Pair<>(DayOfWeek.class, io.campanile.v1.QuietHours.Day.class, "DAY_"),
                new Pair<>(RuleSet.Scope.class, io.campanile.v1.RuleSet.Scope.class, "SCOPE_"),
                new Pair<>(RuleSet.State.class, io.campanile.v1.RuleSet.State.class, "STATE_"),
                new Pair<>(
                        RuleSetLifecycle.Action.class,
                        io.campanile.v1.RuleSet.Action.class,
                        "ACTION_"),
                new Pair<>(
                        FrequencyCap.Period.class,
                        io.campanile.v1.FrequencyCap.Period.class,
                        "PERIOD_"),
                new Pair<>(SuppressionReason.class, Suppression.Reason.class, "REASON_"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void haveAConstantOfTheApiForEachOfOurs(Pair<?> pair) {
        for (Enum<?> constant : pair.ours().getEnumConstants()) {
            if (!NEVER_ASKED_FOR.contains(constant)) {
                assertThat(pair.proto(constant).name()).isEqualTo(pair.prefix() + constant.name());
            }
        }
    }
}

package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.DryRunScene.Triggered;
import io.campanile.application.eligibility.ExplainResult;
import io.campanile.application.eligibility.MessageExplanation;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Reason;
import io.campanile.domain.trigger.RecipientResult;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Whatever is known of people, `ExplainRecipient` and `validate_only` say what becomes of a
/// message that is triggered then, and `ExplainMessage` says the same ever after.
class DryRunAgreementTest {
    private static final int SEEDS = 15;
    private static final int OFTEN = 5;

    private final Map<String, Integer> met = new TreeMap<>();

    @ParameterizedTest
    @EnumSource(Category.class)
    void dryRunsForetellWhatDeliveryDoes(Category category) {
        for (int seed = 0; seed < SEEDS; seed++) {
            try (var scene = new DryRunScene(category, seed)) {
                agree(scene);
            }
        }

        assertThat(outcomes(category).toList())
                .allSatisfy(outcome ->
                        assertThat(met.getOrDefault(outcome, 0))
                                .as("%s, of %s", outcome, met)
                                .isGreaterThanOrEqualTo(OFTEN));
    }

    private static Stream<String> outcomes(Category category) {
        Stream<String> ofAll =
                Stream.of(
                        "SENT",
                        "EXCLUDED PROFILE_UNKNOWN",
                        "EXCLUDED ADDRESS_MISSING",
                        "EXCLUDED ADDRESS_MALFORMED",
                        "EXCLUDED CONSENT_DENIED",
                        "EXCLUDED ADDRESS_SUPPRESSED",
                        "EXCLUDED DOMAIN_SUPPRESSED",
                        "EXCLUDED NOT_ON_ALLOWED_LIST");
        Stream<String> ofOne =
                switch (category) {
                    case TRANSACTIONAL -> Stream.of("REJECTED");
                    case MARKETING ->
                            Stream.of(
                                    "EXCLUDED QUIET_HOURS",
                                    "DEFERRED QUIET_HOURS",
                                    "EXCLUDED QUIET_HOURS instead of waiting",
                                    "EXCLUDED FREQUENCY_CAPPED");
                };
        return Stream.concat(ofAll, ofOne);
    }

    private void agree(DryRunScene scene) {
        Map<MessageId, MessageExplanation> explanations = new LinkedHashMap<>();
        for (Campaign.Live campaign : scene.campaigns()) {
            for (Triggered triggered : scene.dryRunAndTrigger(campaign, scene.someExpireTime())) {
                switch (triggered.explained()) {
                    case ExplainResult.Explained(var verdicts) -> {
                        MessageId message = decided(scene, triggered, verdicts);
                        explanations.put(message, scene.explained(message));
                    }
                    case ExplainResult.Invalid _ -> rejected(triggered);
                    case ExplainResult.CampaignUnknown _,
                            ExplainResult.CampaignNeverActivated _,
                            ExplainResult.CampaignTransactional _ ->
                            throw new AssertionError("no such campaign: " + campaign.name());
                }
            }
        }

        scene.goOn();

        explanations.forEach(
                (message, then) -> assertThat(scene.explained(message)).isEqualTo(then));
    }

    private void rejected(Triggered triggered) {
        if (triggered.forecast() instanceof Forecast.Rejected(var violations)) {
            assertThat(triggered.result()).isEqualTo(new RecipientResult.Rejected(violations));
            meet("REJECTED");
            return;
        }
        throw new AssertionError("explained as invalid, and yet " + triggered.forecast());
    }

    private MessageId decided(DryRunScene scene, Triggered triggered, List<Verdict> verdicts) {
        if (!(triggered.result() instanceof RecipientResult.Accepted(var id))) {
            throw new AssertionError("explained, and yet " + triggered.result());
        }
        MessageView message = scene.view(id);
        MessageExplanation.Decided explanation = scene.explained(id);

        assertThat(outcome(message)).isEqualTo(foretold(verdicts, message));
        assertThat(triggered.forecast()).isEqualTo(forecastOf(explanation));
        assertThat(explanation.verdicts())
                .as("the same of a message that may expire sooner")
                .isEqualTo(
                        verdicts.stream()
                                .map(verdict -> verdict.before(message.expireTime()))
                                .toList());
        assertThat(explanation.reason()).isEqualTo(message.reason());
        meet(outcome(message));
        return id;
    }

    /// Such as `EXCLUDED CONSENT_DENIED`.
    private static String outcome(MessageView message) {
        Reason reason = message.reason();
        return reason == null ? message.state().name() : message.state() + " " + reason;
    }

    /// What the first rule that says no means for a message.
    private String foretold(List<Verdict> verdicts, MessageView message) {
        return switch (first(verdicts)) {
            case Decision.Deliver() -> "SENT";
            case Decision.Exclude(var reason, _, _) -> "EXCLUDED " + reason;
            case Decision.Defer(var until, var reason, _) -> putOff(until, reason, message);
        };
    }

    private static Decision first(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(Verdict::decision)
                .filter(decision -> !(decision instanceof Decision.Deliver))
                .findFirst()
                .orElse(new Decision.Deliver());
    }

    private String putOff(Instant until, Reason reason, MessageView message) {
        if (DeliveryRules.waitsTooLong(until, message.expireTime())) {
            meet("EXCLUDED " + reason + " instead of waiting");
            return "EXCLUDED " + reason;
        }
        assertThat(message.dueTime()).isBetween(until, until.plus(Duration.ofMinutes(5)));
        return "DEFERRED " + reason;
    }

    /// The dry run says as much as the explanation afterwards.
    private static Forecast forecastOf(MessageExplanation.Decided explanation) {
        return first(explanation.verdicts()) instanceof Decision.Exclude no
                ? new Forecast.Excluded(no.reason(), no.detail())
                : new Forecast.Accepted();
    }

    private void meet(String outcome) {
        met.merge(outcome, 1, Integer::sum);
    }
}

package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.store.ChangeTopic;
import io.campanile.domain.access.Role;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.PauseMode;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.suppression.SuppressionReason;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A name that the domain gets and the database does not know would fail when it is first written.
class KnownNamesIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    // Those of partitions are their parents'.
    private static final String KNOWN =
            """
            SELECT k.conname AS constraint, m.found[1] AS name
            FROM pg_constraint k
            CROSS JOIN LATERAL regexp_matches(pg_get_constraintdef(k.oid), '[''{, ]([A-Z_]+)(?=[''},])', 'g') AS m (found)
            WHERE k.connamespace = current_schema()::regnamespace AND k.conname LIKE '%\\_known' AND k.coninhcount = 0
            """;

    private static final Map<String, Set<String>> EXPECTED =
            Map.ofEntries(
                    Map.entry("api_key_roles_known", names(Role.class)),
                    Map.entry("broadcast_canary_state_known", variants(CanaryState.class)),
                    Map.entry("broadcast_settled_state_known", settled()),
                    Map.entry("broadcast_state_known", names(FanOutState.class)),
                    Map.entry("campaign_category_known", names(Category.class)),
                    Map.entry(
                            "campaign_control_delivery_known",
                            names(CampaignControl.Delivery.class)),
                    Map.entry("campaign_pause_mode_known", names(PauseMode.class)),
                    Map.entry("campaign_state_known", names(Campaign.State.class)),
                    Map.entry("change_counter_topic_known", names(ChangeTopic.class)),
                    Map.entry("channel_configuration_category_known", names(Category.class)),
                    Map.entry("channel_configuration_channel_known", names(Channel.class)),
                    Map.entry(
                            "channel_configuration_state_known",
                            names(ChannelConfiguration.State.class)),
                    Map.entry("consent_record_channel_known", and("ANY", names(Channel.class))),
                    Map.entry("consent_record_purpose_known", names(Purpose.class)),
                    Map.entry("consent_record_state_known", names(ConsentState.class)),
                    Map.entry("frequency_reservation_channel_known", names(Channel.class)),
                    Map.entry("kept_key_purpose_known", keys()),
                    Map.entry("message_event_reason_known", names(Reason.class)),
                    Map.entry("message_queue_lane_known", names(Lane.class)),
                    Map.entry("message_receipt_kind_known", names(ReceiptKind.class)),
                    Map.entry("message_state_known", names(MessageState.Kind.class)),
                    Map.entry("message_state_reason_known", names(Reason.class)),
                    Map.entry("rule_set_scope_known", names(RuleSet.Scope.class)),
                    Map.entry("rule_set_state_known", names(RuleSet.State.class)),
                    Map.entry("suppression_reason_known", names(SuppressionReason.class)));

    @Test
    void areThoseOfTheDomain() {
        assertThat(known()).isEqualTo(EXPECTED);
    }

    private static Map<String, Set<String>> known() {
        return Jdbi.create(STORE.database().dataSource())
                .withHandle(handle ->
                        handle
                                .createQuery(KNOWN)
                                .map((row, _) ->
                                        Map.entry(
                                                row.getString("constraint"), row.getString("name")))
                                .list()
                                .stream()
                                .collect(
                                        Collectors.groupingBy(
                                                Map.Entry::getKey,
                                                Collectors.mapping(
                                                        Map.Entry::getValue, Collectors.toSet()))));
    }

    private static Set<String> names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.toSet());
    }

    private static Set<String> settled() {
        return Arrays.stream(MessageState.Kind.values())
                .filter(kind -> !kind.isOpen())
                .map(Enum::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> keys() {
        return Arrays.stream(SecretPurpose.values())
                .filter(SecretPurpose::isKey)
                .map(Enum::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> variants(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(variant -> variant.getSimpleName().toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Set<String> and(String name, Set<String> names) {
        return Stream.concat(Stream.of(name), names.stream()).collect(Collectors.toSet());
    }
}

package io.campanile.domain.campaign;

import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.ProfileLookup;

import java.util.List;

/// Definitions that could go live as they are: over the channel configuration `mail`, without
/// variables, at any time. A test says only what it is about.
public final class DefinitionBuilder {
    private String channelConfiguration = "mail";
    private String topic = "";
    private List<String> ruleSets = List.of();
    private String identityNamespace = "";
    private ProfileLookup profileLookup = ProfileLookup.IF_KNOWN;
    private DeliveryMode deliveryMode = DeliveryMode.STANDARD;
    private String audience = "";
    private EmailContent content = new EmailContent("Hello", "", "", "Hello", "");
    private List<DeclaredField> fields = List.of();
    private Schedule schedule = Schedule.ALWAYS;

    private DefinitionBuilder() {}

    public static DefinitionBuilder aDefinition() {
        return new DefinitionBuilder();
    }

    public DefinitionBuilder over(String newChannelConfiguration) {
        channelConfiguration = newChannelConfiguration;
        return this;
    }

    public DefinitionBuilder about(String newTopic) {
        topic = newTopic;
        return this;
    }

    public DefinitionBuilder under(String... newRuleSets) {
        ruleSets = List.of(newRuleSets);
        return this;
    }

    public DefinitionBuilder knowingPeopleBy(String newIdentityNamespace) {
        identityNamespace = newIdentityNamespace;
        return this;
    }

    public DefinitionBuilder lookingUp(ProfileLookup newLookup) {
        profileLookup = newLookup;
        return this;
    }

    public DefinitionBuilder delivered(DeliveryMode newMode) {
        deliveryMode = newMode;
        return this;
    }

    public DefinitionBuilder to(String newAudience) {
        audience = newAudience;
        return this;
    }

    public DefinitionBuilder saying(EmailContent newContent) {
        content = newContent;
        return this;
    }

    public DefinitionBuilder declaring(DeclaredField... newFields) {
        fields = List.of(newFields);
        return this;
    }

    public DefinitionBuilder during(Schedule newSchedule) {
        schedule = newSchedule;
        return this;
    }

    public CampaignDefinition build() {
        return new CampaignDefinition(
                channelConfiguration,
                topic,
                ruleSets,
                identityNamespace,
                profileLookup,
                deliveryMode,
                audience,
                content,
                fields,
                schedule);
    }
}

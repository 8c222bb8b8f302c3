package io.campanile.domain.campaign;

import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;

/// What an activation freezes: the channel, the words, the data they need and the time they are
/// for. May be incomplete in a draft.
///
/// @param channelConfiguration the last part of the channel configuration's name, in the same
///   workspace; empty for none yet
/// @param topic what people consent to or refuse it as, such as `weekly-offers`; empty for none
/// @param ruleSets the last parts of the names of rule sets in the same workspace, beside those
///   that are for every campaign
/// @param identityNamespace the only one that recipients of its triggers may use, such as `crmId`,
///   and the one that broadcasts prefer; empty for any
/// @param profileLookup what becomes of a recipient's identity
/// @param deliveryMode how its messages are delivered
/// @param audience the last part of the name of the audience it can be triggered for, in the same
///   workspace; empty for none
/// @param fields what the author declares about variables
public record CampaignDefinition(
        String channelConfiguration,
        String topic,
        List<String> ruleSets,
        String identityNamespace,
        ProfileLookup profileLookup,
        DeliveryMode deliveryMode,
        String audience,
        EmailContent content,
        List<DeclaredField> fields,
        Schedule schedule) {

    public CampaignDefinition {
        ruleSets = List.copyOf(ruleSets);
        fields = List.copyOf(fields);
    }

    /// For whoever has no use for the words, which take up most of the memory.
    public CampaignDefinition withoutContent() {
        return new CampaignDefinition(
                channelConfiguration,
                topic,
                ruleSets,
                identityNamespace,
                profileLookup,
                deliveryMode,
                audience,
                EmailContent.NONE,
                fields,
                schedule);
    }

    /// The whole name of its audience; nothing when it is for none.
    public Optional<AudienceName> audienceIn(WorkspaceId workspace) {
        return audience.isEmpty()
                ? Optional.empty()
                : Optional.of(new AudienceName(workspace, audience));
    }
}

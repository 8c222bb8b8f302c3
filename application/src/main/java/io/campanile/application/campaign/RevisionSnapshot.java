package io.campanile.application.campaign;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.Contract;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.message.MessageId;

import java.util.HashMap;
import java.util.Map;

/// A revision as delivery needs it, ready to render; never changes.
public record RevisionSnapshot(
        CampaignId campaign,
        CampaignName name,
        String displayName,
        Category category,
        int number,
        CampaignDefinition definition,
        Contract contract,
        CompiledContent content) {

    /// What its messages are, as far as the rules ask for it.
    public Occasion occasion() {
        return Occasion.ofEmail(name.workspace(), category, definition.topic());
    }

    /// Renders the content for one recipient.
    ///
    /// @param unsubscribeLink empty where there is none
    /// @throws RenderingFailed when it cannot be rendered with this data
    public RenderedEmail render(Payload payload, MessageId message, String unsubscribeLink) {
        Map<String, Object> roots = HashMap.newHashMap(5);
        roots.put("context", contract.contextWithDefaults(payload.context()));
        roots.put("profile", contract.profileWithDefaults(payload.profile()));
        roots.put("campaign", Map.of("name", name.campaign(), "displayName", displayName));
        roots.put("message", Map.of("id", message.toString()));
        roots.put("links", Map.of("unsubscribe", unsubscribeLink));
        return content.render(roots);
    }
}

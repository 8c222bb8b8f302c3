package io.campanile.application.campaign;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.Violation;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Attributes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A revision as delivery needs it, ready to render; never changes.
public record RevisionSnapshot(
        CampaignName name,
        String displayName,
        Category category,
        CampaignDefinition definition,
        Contract contract,
        CompiledContent content) {

    /// What its messages are, as far as the rules ask for it.
    ///
    /// @param bypassesComplaints whether the channel configuration does
    public Occasion occasion(boolean bypassesComplaints) {
        return Occasion.ofEmail(name.workspace(), category, definition, bypassesComplaints);
    }

    /// Renders the content for one recipient.
    ///
    /// @param known what is known of the person; what the call says is laid over it
    /// @param unsubscribeLink empty where there is none
    /// @throws RenderingFailed when it cannot be rendered with this data
    public RenderedEmail render(
            Payload payload, Attributes known, MessageId message, String unsubscribeLink) {
        Map<String, Object> roots = HashMap.newHashMap(5);
        roots.put("context", contract.contextWithDefaults(payload.context()));
        roots.put("profile", profile(payload, known));
        roots.put("campaign", Map.of("name", name.campaign(), "displayName", displayName));
        roots.put("message", Map.of("id", message.toString()));
        roots.put("links", Map.of("unsubscribe", unsubscribeLink));
        return content.render(roots);
    }

    /// What the call alone carries was checked when it was accepted; what is known of the person
    /// may be of another kind by now, or gone.
    private Map<String, Object> profile(Payload payload, Attributes known) {
        if (!contract.readsProfile()) {
            return Map.of();
        }
        Map<String, Object> profile = known.overlaid(payload.profile()).values();
        List<Violation> violations = contract.checkProfile(profile);
        if (!violations.isEmpty()) {
            Violation first = violations.getFirst();
            throw new RenderingFailed(first.path() + " " + first.description());
        }
        return contract.profileWithDefaults(profile);
    }
}

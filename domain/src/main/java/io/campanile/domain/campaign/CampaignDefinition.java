package io.campanile.domain.campaign;

import io.campanile.domain.channel.Category;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import java.util.List;

/// What an author writes down about a campaign; a revision freezes it.
///
/// @param displayName required at activation
/// @param channelConfiguration the last part of the channel configuration's name, in the same
///     workspace; empty for none yet
/// @param fields what the author declares about variables
public record CampaignDefinition(
        String displayName,
        String description,
        List<String> tags,
        Category category,
        String channelConfiguration,
        EmailContent content,
        List<DeclaredField> fields,
        Schedule schedule) {

    public CampaignDefinition {
        tags = List.copyOf(tags);
        fields = List.copyOf(fields);
    }
}

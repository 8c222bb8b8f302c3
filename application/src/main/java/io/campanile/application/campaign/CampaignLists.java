package io.campanile.application.campaign;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;

/// How lists of campaigns are filtered and ordered.
public final class CampaignLists {
    /// `channel_configuration` is that of the live revision, of the draft before the first
    /// activation; the last part of the name.
    public static final ListFields FIELDS =
            ListFields.orderedBy(new SortOrder("create_time", true))
                    .sortableTime("create_time")
                    .sortableTime("update_time")
                    .sortableText("display_name")
                    .sortable("name")
                    .textList("tags")
                    .text("channel_configuration")
                    .choice("state", Campaign.State.class)
                    .choice("category", Category.class)
                    .flag("has_draft")
                    .build();

    private CampaignLists() {}

    /// Where the page after this campaign begins.
    public static Cursor cursor(Campaign campaign, SortOrder order) {
        String value =
                switch (order.field()) {
                    case "create_time" -> campaign.header().createTime().toString();
                    case "update_time" -> campaign.header().updateTime().toString();
                    case "display_name" -> campaign.header().properties().displayName();
                    case "name" -> campaign.name().campaign();
                    default -> throw new IllegalArgumentException("not sortable: " + order.field());
                };
        return new Cursor(value, campaign.name().campaign());
    }
}

package io.campanile.application.channel;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;

/// How lists of channel configurations are filtered and ordered.
public final class ChannelConfigurationLists {
    public static final ListFields FIELDS =
            ListFields.orderedBy(new SortOrder("name", false))
                    .sortable("name")
                    .sortableTime("create_time")
                    .sortableTime("update_time")
                    .sortableText("display_name")
                    .choice("state", ChannelConfiguration.State.class)
                    .choice("category", Category.class)
                    .build();

    private ChannelConfigurationLists() {}

    /// Where the page after this configuration begins.
    public static Cursor cursor(ChannelConfiguration configuration, SortOrder order) {
        String value =
                switch (order.field()) {
                    case "name" -> configuration.name().channelConfiguration();
                    case "create_time" -> configuration.createTime().toString();
                    case "update_time" -> configuration.updateTime().toString();
                    case "display_name" -> configuration.displayName();
                    default -> throw new IllegalArgumentException("not sortable: " + order.field());
                };
        return new Cursor(value, configuration.name().channelConfiguration());
    }
}

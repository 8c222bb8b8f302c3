package io.campanile.application.delivery;

import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.content.port.ContentCompiler;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignHeader;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.content.Contract;

import java.util.LinkedHashMap;
import java.util.Map;

/// Revisions ready to render, compiled once and kept as long as they are among the most recently
/// used. Thread-safe.
public final class Revisions {
    private static final int MOST_KEPT = 1_000;

    private record Key(CampaignId campaign, int number) {}

    private final Campaigns campaigns;
    private final ChannelConfigurations channels;
    private final ContentCompiler compiler;

    private final Map<Key, Revision> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Revision> eldest) {
                    return size() > MOST_KEPT;
                }
            };

    public Revisions(
            Campaigns campaigns, ChannelConfigurations channels, ContentCompiler compiler) {
        this.campaigns = campaigns;
        this.channels = channels;
        this.compiler = compiler;
    }

    /// The revision a message was accepted under; blocks when it is not kept.
    public Revision revision(CampaignId campaign, int number) {
        Key key = new Key(campaign, number);
        synchronized (kept) {
            Revision known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        Revision loaded = load(key);
        synchronized (kept) {
            kept.put(key, loaded);
        }
        return loaded;
    }

    private Revision load(Key key) {
        CampaignDefinition definition =
                campaigns
                        .revision(key.campaign(), key.number())
                        .orElseThrow(() -> new IllegalStateException("no such revision: " + key))
                        .definition();
        CampaignHeader campaign =
                campaigns
                        .find(key.campaign())
                        .orElseThrow(() -> new IllegalStateException("no such campaign: " + key))
                        .header();
        return new Revision(
                campaign.name(),
                campaign.properties().displayName(),
                channel(campaign.name(), definition).id(),
                campaign.category(),
                Contract.of(definition.content(), definition.fields()),
                compiler.compile(definition.content()));
    }

    private ChannelConfiguration channel(CampaignName name, CampaignDefinition definition) {
        ChannelConfigurationName channel =
                new ChannelConfigurationName(name.workspace(), definition.channelConfiguration());
        return channels.find(channel)
                .orElseThrow(() ->
                        new IllegalStateException("no such channel configuration: " + channel));
    }
}

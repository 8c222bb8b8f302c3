package io.campanile.application.campaign;

import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.content.port.ContentCompiler;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.content.Contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Revisions by number, compiled once, the most recently used kept in memory. Thread-safe.
public final class RevisionSource {
    private final Campaigns campaigns;
    private final ContentCompiler compiler;
    private final Function<CampaignId, OptionalLong> versions;
    private final RecentRevisions recent;

    /// How often campaigns have changed; guarded as what is remembered.
    private long changes;

    /// A source over these ports.
    ///
    /// @param versions those of the campaigns that run, as far as this node knows, from memory
    /// @param capacity how many revisions are kept in memory
    public RevisionSource(
            Campaigns campaigns,
            ContentCompiler compiler,
            Function<CampaignId, OptionalLong> versions,
            int capacity) {
        this.campaigns = campaigns;
        this.compiler = compiler;
        this.versions = versions;
        this.recent = new RecentRevisions(capacity);
    }

    private record Key(CampaignId campaign, int number) {}

    /// A revision, and what it was loaded by: it stays as it is, but the properties of its campaign
    /// may change.
    ///
    /// @param version of the campaign
    /// @param changes how often any had changed before
    private record Loaded(RevisionSnapshot revision, long version, long changes) {}

    /// The revision, from memory or else from the store; blocks then. Nothing when the campaign has
    /// been purged.
    public Optional<RevisionSnapshot> revision(CampaignId campaign, int number) {
        var key = new Key(campaign, number);
        OptionalLong version = versions.apply(campaign);
        long before;
        synchronized (recent) {
            Loaded known = recent.get(key);
            if (known != null && isCurrent(known, version)) {
                return Optional.of(known.revision());
            }
            before = changes;
        }
        Optional<Loaded> loaded = load(key, before);
        loaded.ifPresent(revision -> remember(key, revision));
        return loaded.map(Loaded::revision);
    }

    /// Changes of others are nothing to a campaign that runs; of one that ended nobody knows the
    /// version.
    private boolean isCurrent(Loaded known, OptionalLong version) {
        return version.isPresent()
                ? known.version() >= version.getAsLong()
                : known.changes() == changes;
    }

    private void remember(Key key, Loaded revision) {
        synchronized (recent) {
            recent.put(key, revision);
        }
    }

    /// To be called after a change of some campaign.
    public void campaignsChanged() {
        synchronized (recent) {
            changes++;
        }
    }

    private Optional<Loaded> load(Key key, long before) {
        return campaigns
                .find(key.campaign())
                .flatMap(campaign ->
                        campaigns
                                .revision(key.campaign(), key.number())
                                .map(revision ->
                                        new Loaded(
                                                snapshot(campaign, revision),
                                                campaign.version(),
                                                before)));
    }

    private RevisionSnapshot snapshot(Campaign campaign, Revision revision) {
        return new RevisionSnapshot(
                campaign.name(),
                campaign.header().properties().displayName(),
                campaign.header().category(),
                revision.number(),
                revision.definition(),
                Contract.of(revision.definition().content(), revision.definition().fields()),
                compiler.compile(revision.definition().content()));
    }

    /// Forgets the least recently used.
    private static final class RecentRevisions extends LinkedHashMap<Key, Loaded> {
        private static final long serialVersionUID = 1;
        private final int capacity;

        RecentRevisions(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Loaded> eldest) {
            return size() > capacity;
        }
    }
}

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

/// Revisions by number, compiled once, the most recently used kept in memory. Thread-safe.
public final class RevisionSource {
    private final Campaigns campaigns;
    private final ContentCompiler compiler;
    private final RecentRevisions recent;

    /// How often everything was forgotten; guarded as what is remembered.
    private long generation;

    /// A source over these ports.
    ///
    /// @param capacity how many revisions are kept in memory
    public RevisionSource(Campaigns campaigns, ContentCompiler compiler, int capacity) {
        this.campaigns = campaigns;
        this.compiler = compiler;
        this.recent = new RecentRevisions(capacity);
    }

    private record Key(CampaignId campaign, int number) {}

    /// The revision, from memory or else from the store; blocks then. Nothing when the campaign has
    /// been purged.
    public Optional<RevisionSnapshot> revision(CampaignId campaign, int number) {
        var key = new Key(campaign, number);
        long before;
        synchronized (recent) {
            RevisionSnapshot known = recent.get(key);
            if (known != null) {
                return Optional.of(known);
            }
            before = generation;
        }
        Optional<RevisionSnapshot> loaded = load(key);
        loaded.ifPresent(revision -> remember(key, revision, before));
        return loaded;
    }

    /// What was being loaded when everything was forgotten may be of the time before that.
    private void remember(Key key, RevisionSnapshot revision, long loadedIn) {
        synchronized (recent) {
            if (loadedIn == generation) {
                recent.put(key, revision);
            }
        }
    }

    /// Forgets what is in memory: a revision stays as it is, but the properties of its campaign may
    /// have changed.
    public void forget() {
        synchronized (recent) {
            recent.clear();
            generation++;
        }
    }

    private Optional<RevisionSnapshot> load(Key key) {
        return campaigns
                .find(key.campaign())
                .flatMap(campaign ->
                        campaigns
                                .revision(key.campaign(), key.number())
                                .map(revision -> snapshot(campaign, revision)));
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
    private static final class RecentRevisions extends LinkedHashMap<Key, RevisionSnapshot> {
        private static final long serialVersionUID = 1;
        private final int capacity;

        RecentRevisions(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RevisionSnapshot> eldest) {
            return size() > capacity;
        }
    }
}

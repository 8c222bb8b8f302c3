package io.campanile.application.campaign;

import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.content.port.ContentCompiler;
import io.campanile.application.share.RecentlyUsed;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.content.Contract;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Revisions by number, compiled once, the most recently used kept in memory. Thread-safe.
public final class RevisionSource {
    /// What even an empty one takes up.
    private static final int CHARACTERS_OF_REVISION = 1_024;

    private final Campaigns campaigns;
    private final ContentCompiler compiler;
    private final Function<CampaignId, OptionalLong> versions;
    private final RecentlyUsed<Key, Loaded> recent;

    /// How often campaigns have changed.
    private final AtomicLong changes = new AtomicLong();

    /// A source over these ports.
    ///
    /// @param versions those of the campaigns that run, as far as this node knows, from memory
    /// @param mostCharacters of content that are kept in memory
    public RevisionSource(
            Campaigns campaigns,
            ContentCompiler compiler,
            Function<CampaignId, OptionalLong> versions,
            long mostCharacters) {
        this.campaigns = campaigns;
        this.compiler = compiler;
        this.versions = versions;
        this.recent = new RecentlyUsed<>(mostCharacters);
    }

    private record Key(CampaignId campaign, int number) {}

    /// A revision, and what it was loaded by: it stays as it is, but the properties of its campaign
    /// may change.
    ///
    /// @param version of the campaign
    /// @param changes how often any had changed before
    /// @param characters of its content
    private record Loaded(RevisionSnapshot revision, long version, long changes, long characters) {}

    /// The revision, from memory or else from the store; blocks then. Nothing when the campaign has
    /// been purged.
    public Optional<RevisionSnapshot> revision(CampaignId campaign, int number) {
        var key = new Key(campaign, number);
        OptionalLong version = versions.apply(campaign);
        Loaded known = recent.get(key);
        if (known != null && isCurrent(known, version)) {
            return Optional.of(known.revision());
        }
        Optional<Loaded> loaded = load(key, changes.get());
        loaded.ifPresent(
                found -> recent.put(key, found, found.characters() + CHARACTERS_OF_REVISION));
        return loaded.map(Loaded::revision);
    }

    /// Of a campaign that runs the version is known, so that only its own changes count. Of one
    /// that ended it is not, and any campaign's change may be its.
    private boolean isCurrent(Loaded known, OptionalLong version) {
        return version.isPresent()
                ? known.version() >= version.getAsLong()
                : known.changes() == changes.get();
    }

    /// To be called after a change of some campaign.
    public void campaignsChanged() {
        changes.incrementAndGet();
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
                                                before,
                                                revision.definition().content().length())));
    }

    private RevisionSnapshot snapshot(Campaign campaign, Revision revision) {
        return new RevisionSnapshot(
                campaign.name(),
                campaign.header().properties().displayName(),
                campaign.header().category(),
                revision.definition().withoutContent(),
                Contract.of(revision.definition().content(), revision.definition().fields()),
                compiler.compile(revision.definition().content()));
    }
}

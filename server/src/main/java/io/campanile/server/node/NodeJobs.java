package io.campanile.server.node;

import io.campanile.application.access.Authenticate;
import io.campanile.application.broadcast.FanOut;
import io.campanile.application.campaign.AdvanceCampaigns;
import io.campanile.application.delivery.NodeLease;
import io.campanile.application.delivery.SweepMessages;
import io.campanile.application.operation.KeepStore;
import io.campanile.application.secret.RotateKeys;
import io.campanile.server.settings.Settings;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/// The jobs of a node: which there are, how often each is done, and which of them wait while the
/// time is in doubt. They begin where they are asked for.
final class NodeJobs implements AutoCloseable {
    static final int BEGINNINGS_AT_ONCE = 2;

    /// However long the lease: it is also how health learns that the database takes writes.
    private static final Duration MOST_BETWEEN_RENEWALS = Duration.ofSeconds(3);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Jobs jobs = new Jobs();
    private final Settings settings;
    private final Surroundings surroundings;
    private final StorePorts store;
    private final NodeKeys keys;
    private final NodeTime time;
    private final CampaignWiring campaigns;
    private final PeopleWiring people;
    private final DeliveryWiring delivery;

    NodeJobs(
            Settings settings,
            Prepared prepared,
            CampaignWiring campaigns,
            PeopleWiring people,
            DeliveryWiring delivery) {
        this.settings = settings;
        this.surroundings = prepared.surroundings();
        this.store = prepared.store();
        this.keys = prepared.keys();
        this.time = prepared.time();
        this.campaigns = campaigns;
        this.people = people;
        this.delivery = delivery;
    }

    /// What cannot wait for long.
    void keepCurrent(NodeLease lease, Authenticate authenticate) {
        AdvanceCampaigns advance = campaigns.advance(settings.retention().archivedCampaigns());
        var sweep = new SweepMessages(store.hot().queue(), surroundings.clock());
        jobs.every(SECOND, "clocks", time.watch()::look);
        jobs.every(SECOND, "clock-jumps", this::lookForJump);
        jobs.promptlyEvery(betweenRenewals(), "lease", lease::renew);
        jobs.every(SECOND, "take-over", lease::takeOver);
        jobs.every(SECOND, "snapshots", campaigns.snapshots()::refresh);
        jobs.every(SECOND, "keys", authenticate::refresh);
        everyWhenTimeIsCertain(SECOND, "advance", advance::run);
        everyWhenTimeIsCertain(MINUTE, "purge", advance::purge);
        everyWhenClocksAgree(SECOND, "stray-claims", delivery.strays()::release);
        everyWhenClocksAgree(SECOND, "cancel-stopped", sweep::cancelStopped);
        everyWhenTimeIsCertain(Duration.ofSeconds(30), "expire-held", sweep::expireHeld);
        jobs.every(Duration.ofMillis(50), "waiters", delivery.waiters()::poll);
        jobs.every(Duration.ofMillis(50), "overdue-waiters", delivery.waiters()::answerOverdue);
    }

    private Duration betweenRenewals() {
        return Collections.min(
                List.of(NodeLease.betweenRenewals(settings.nodeLease()), MOST_BETWEEN_RENEWALS));
    }

    /// What looked expired meanwhile is claimed, and in nobody's memory.
    private void lookForJump() {
        if (time.jumps().look()) {
            delivery.strays().suspect();
        }
    }

    /// What keeps the database in shape.
    void keepHouse(KeepStore keepStore) {
        jobs.longEvery(MINUTE, "make-partitions", keepStore::makePartitions);
        SequencedMap<String, Runnable> housekeeping = keepStore.steps();
        housekeeping.replaceAll(time::whenTimeIsCertain);
        jobs.eachEvery(HOUR, "housekeeping", housekeeping);
        jobs.longEvery(MINUTE, "add-up", keepStore::addUp);
        jobs.longEvery(Duration.ofSeconds(30), "erase", people::goOnErasing);
        var keyRotation = new RotateKeys(store.secrets(), keys.sealer());
        jobs.longEvery(HOUR, "secret-keys", keyRotation::run);
        var snapshots = new SnapshotWatch(store::oldestSnapshot);
        jobs.every(MINUTE, "old-snapshots", snapshots::look);
        CertificateWatch.of(settings, surroundings.clock())
                .ifPresent(certificate -> jobs.every(HOUR, "certificate", certificate::look));
    }

    /// What brings messages to providers.
    void deliver() {
        FanOut fanOut = delivery.fanOut(jobs.apart("begin", BEGINNINGS_AT_ONCE));
        jobs.every(SECOND, "providers", delivery.delivery()::refresh);
        everyWhenClocksAgree(Duration.ofMillis(100), "fan-out", fanOut::run);
    }

    private void everyWhenClocksAgree(Duration pause, String name, Runnable work) {
        jobs.every(pause, name, time.whenClocksAgree(work));
    }

    private void everyWhenTimeIsCertain(Duration pause, String name, Runnable work) {
        jobs.every(pause, name, time.whenTimeIsCertain(name, work));
    }

    /// Lets what is running end.
    @Override
    public void close() {
        jobs.close();
    }
}

package io.campanile.server.node;

import io.campanile.application.access.Authenticate;
import io.campanile.application.access.Changes;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.broadcast.FanOut;
import io.campanile.application.campaign.AdvanceCampaigns;
import io.campanile.application.delivery.NodeLease;
import io.campanile.application.delivery.SweepMessages;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.operation.KeepStore;
import io.campanile.application.operation.WatchNode;
import io.campanile.application.secret.RotateKeys;
import io.campanile.application.store.ChangeTopic;
import io.campanile.application.trigger.Intake;
import io.campanile.channels.secret.SecretBox;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.grpc.GrpcServer;
import io.campanile.persistence.OldestSnapshot;
import io.campanile.server.settings.SecretKeys;
import io.campanile.server.settings.Settings;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A running node. Starts from the database upwards and stops in the opposite order: no new calls,
/// what is in hand-over ends, the rest goes back to the queue, the database last.
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /// More would halve the batches: what a message costs the database nearly doubles.
    private static final int INTAKE_WRITERS = 1;

    static final int BEGINNINGS_AT_ONCE = 2;

    /// What recording and giving back may take after the drain deadline.
    private static final Duration MOST_LATE = Duration.ofSeconds(5);

    private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(3);

    /// So many are read in a millisecond.
    private static final int MOST_ROWS_OF_COUNTS = 1_000;

    /// However long the lease: it is also how health learns that the database takes writes.
    private static final Duration MOST_BETWEEN_RENEWALS = Duration.ofSeconds(3);

    /// On a busy machine some renewals come late.
    private static final Duration MOST_WITHOUT_RENEWAL = Duration.ofSeconds(10);

    /// How long health believes an intake that failed last: so long others may take the calls.
    private static final Duration AFTER_FAILED_INTAKE = Duration.ofSeconds(10);

    private final Settings settings;
    private final NodeDatabase database;
    private final StorePorts store;
    private final Surroundings surroundings = Surroundings.ofTheMachine();
    private final Jobs jobs = new Jobs();
    private final NodeTime time;
    private final NodeId id;
    private final NodeLease lease;
    private final RotateKeys keyRotation;
    private final CampaignWiring campaigns;
    private final PeopleWiring people;
    private final DeliveryWiring delivery;
    private final Authenticate authenticate;
    private final Intake intake;
    private final WatchNode watch;
    private final ApiWiring api;
    private @Nullable GrpcServer grpc;

    /// Wires a node on an open database; it does nothing yet.
    private Node(Settings settings, NodeDatabase database) {
        this.settings = settings;
        this.database = database;
        this.store = new StorePorts(database.database());
        if (settings.migrate()) {
            database.migrate();
        } else {
            database.refuseOldSchema();
        }
        var clocks = new Clocks(surroundings.clock(), store.hot().nodes()::databaseTime);
        clocks.refuseSkew();
        this.time = NodeTime.of(clocks);
        var first = new FirstStart(settings);
        boolean isNew = FirstStart.isNew(store.workspaces());
        SecretBox sealer = sealer(first, isNew);
        var keys = NodeKeys.load(store, sealer, surroundings.random());
        Changes changes = store.changes(surroundings, keys.digests());
        ManageAccess access = access(changes);
        if (isNew) {
            first.createWorkspace(access);
        }
        first.admitOwner(access);
        this.keyRotation = new RotateKeys(store.secrets(), sealer);
        this.campaigns = new CampaignWiring(store, changes, surroundings);
        this.people = new PeopleWiring(store, changes, keys);
        this.id = store.hot().nodes().register(settings.nodeLease());
        this.lease = new NodeLease(id, store.hot().nodes(), settings.nodeLease(), System::nanoTime);
        var bounceRule = new BounceRule(settings.softBounces());
        this.delivery =
                new DeliveryWiring(
                        id,
                        store,
                        campaigns.snapshots(),
                        people.profiles(),
                        keys,
                        bounceRule,
                        time.clock(),
                        surroundings);
        this.authenticate =
                new Authenticate(store.hot().apiKeys(), store.signal(), surroundings.clock());
        this.intake = intake();
        this.watch =
                new WatchNode(
                        store.backlogs(),
                        delivery.delivery(),
                        delivery.outcomes(),
                        people.longReads(),
                        surroundings.clock());
        this.api =
                new ApiWiring(
                        store,
                        changes,
                        authenticate,
                        access,
                        campaigns,
                        people,
                        delivery,
                        keys,
                        bounceRule,
                        surroundings);
    }

    private ManageAccess access(Changes changes) {
        return new ManageAccess(
                store.workspaces(),
                store.apiKeys(),
                store.auditEntries(),
                changes,
                surroundings.random());
    }

    private Intake intake() {
        return new Intake(
                id,
                store.hot().intake(),
                delivery.strays(),
                surroundings.clock(),
                settings.intakeCapacity(),
                Runtime.getRuntime().maxMemory() / 8,
                INTAKE_WRITERS);
    }

    /// Starts a node.
    ///
    /// @throws IOException when the port is taken or a certificate cannot be read
    public static Node start(Settings settings) throws IOException {
        Node node = wire(settings);
        try {
            node.run();
            return node;
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static Node wire(Settings settings) {
        CertificateWatch.of(settings, Surroundings.ofTheMachine().clock())
                .ifPresent(CertificateWatch::refuseOver);
        NodeDatabase database = NodeDatabase.open(settings);
        try {
            return new Node(settings, database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Hands nothing over before it listens: a node that cannot listen ends at once, and what it
    /// had handed over by then would be in doubt.
    private void run() throws IOException {
        keep();
        if (settings.answersCalls()) {
            var health = new HealthProbe(this::requireDatabase, HEALTH_PATIENCE);
            grpc = api.listen(settings.grpc(), intake, watch, health::isHealthy);
        }
        if (settings.delivers()) {
            deliver();
        }
    }

    /// Reads, and has written lately.
    private void requireDatabase() {
        store.hot().nodes().databaseTime();
        lease.requireRenewed(MOST_WITHOUT_RENEWAL);
        intake.requireStoring(AFTER_FAILED_INTAKE);
    }

    /// The port of the API; empty on a node that only delivers.
    public Optional<Integer> grpcPort() {
        return Optional.ofNullable(grpc).map(GrpcServer::port);
    }

    /// Where the data lie, for people.
    public String dataLocation() {
        return database.dataLocation();
    }

    /// How it is doing; blocks.
    public WatchNode watch() {
        return watch;
    }

    private SecretBox sealer(FirstStart first, boolean isNew) {
        SecretKeys keys = first.secretKeys(isNew, database::secretKeyIds);
        var sealer = new SecretBox(keys.keys(), keys.current(), surroundings.random());
        first.refuseOtherKeys(new RotateKeys(store.secrets(), sealer).check());
        return sealer;
    }

    /// Everything but calls and delivery.
    private void keep() {
        if (database.isExclusive()) {
            lease.takeOverAll();
        }
        KeepStore keepStore = keepStore();
        keepStore.prepare();
        campaigns.snapshots().refresh();
        keepCurrent();
        keepHouse(keepStore);
        store.signal().start();
        store.signal().subscribe(ChangeTopic.CAMPAIGNS, delivery.revisions()::campaignsChanged);
        campaigns.snapshots().follow();
        authenticate.follow();
        intake.start();
    }

    /// What cannot wait for long.
    private void keepCurrent() {
        AdvanceCampaigns advance = campaigns.advance(settings.retention().archivedCampaigns());
        var sweep = new SweepMessages(store.hot().queue(), surroundings.clock());
        Duration second = Duration.ofSeconds(1);
        jobs.every(second, "clocks", time.watch()::look);
        jobs.every(second, "clock-jumps", this::lookForJump);
        jobs.promptlyEvery(betweenRenewals(), "lease", lease::renew);
        jobs.every(second, "take-over", lease::takeOver);
        jobs.every(second, "snapshots", campaigns.snapshots()::refresh);
        jobs.every(second, "keys", authenticate::refresh);
        everyWhenTimeIsCertain(second, "advance", advance::run);
        everyWhenTimeIsCertain(Duration.ofMinutes(1), "purge", advance::purge);
        jobs.every(second, "stray-claims", time.whenClocksAgree(delivery.strays()::release));
        jobs.every(second, "cancel-stopped", time.whenClocksAgree(sweep::cancelStopped));
        everyWhenTimeIsCertain(Duration.ofSeconds(30), "expire-held", sweep::expireHeld);
        jobs.every(Duration.ofMillis(50), "waiters", delivery.waiters()::poll);
        jobs.every(Duration.ofMillis(50), "overdue-waiters", delivery.waiters()::answerOverdue);
    }

    private void keepHouse(KeepStore keepStore) {
        Duration minute = Duration.ofMinutes(1);
        Duration hour = Duration.ofHours(1);
        jobs.longEvery(minute, "make-partitions", keepStore::makePartitions);
        SequencedMap<String, Runnable> housekeeping = keepStore.steps();
        housekeeping.replaceAll(time::whenTimeIsCertain);
        jobs.eachEvery(hour, "housekeeping", housekeeping);
        jobs.longEvery(minute, "add-up", () -> store.broadcasts().addUp(MOST_ROWS_OF_COUNTS));
        jobs.longEvery(Duration.ofSeconds(30), "erase", people::goOnErasing);
        jobs.longEvery(hour, "secret-keys", keyRotation::run);
        var snapshots = new SnapshotWatch(() -> OldestSnapshot.of(database.database().store()));
        jobs.every(minute, "old-snapshots", snapshots::look);
        CertificateWatch.of(settings, surroundings.clock())
                .ifPresent(certificate -> jobs.every(hour, "certificate", certificate::look));
    }

    private KeepStore keepStore() {
        var retention =
                new KeepStore.Retention(
                        settings.retention().messages(),
                        settings.retention().requests(),
                        settings.retention().auditEntries());
        return new KeepStore(store.kept(), surroundings.clock(), retention);
    }

    private Duration betweenRenewals() {
        return Collections.min(List.of(settings.nodeLease().dividedBy(3), MOST_BETWEEN_RENEWALS));
    }

    private void everyWhenTimeIsCertain(Duration pause, String name, Runnable work) {
        jobs.every(pause, name, time.whenTimeIsCertain(name, work));
    }

    /// What looked expired meanwhile is claimed, and in nobody's memory.
    private void lookForJump() {
        if (time.jumps().look()) {
            delivery.strays().suspect();
        }
    }

    private void deliver() {
        FanOut fanOut = delivery.fanOut(jobs.apart("begin", BEGINNINGS_AT_ONCE));
        delivery.delivery().start();
        delivery.claimer().start();
        jobs.every(Duration.ofSeconds(1), "providers", delivery.delivery()::refresh);
        jobs.every(Duration.ofMillis(100), "fan-out", time.whenClocksAgree(fanOut::run));
        store.signal().subscribe(ChangeTopic.CAMPAIGNS, this::followConfigurations);
    }

    /// So that a message of a configuration that was activated just now need not wait.
    private void followConfigurations() {
        campaigns.snapshots().refresh();
        delivery.delivery().refresh();
    }

    /// Stops in good order within the drain deadline, and little later whatever hangs.
    @Override
    public void close() {
        Duration most = settings.drainDeadline();
        long deadline = System.nanoTime() + most.toNanos();
        StopSteps steps = StopSteps.within(most.plus(MOST_LATE));
        try (database) {
            GrpcServer listening = grpc;
            if (listening != null) {
                // The other half is for what is in hand-over.
                steps.run("calls", () -> listening.stop(most.dividedBy(2)));
            }
            steps.run("intake", intake::close);
            if (settings.delivers()) {
                steps.run("claimer", delivery.claimer()::stop);
                steps.run("delivery", () -> drain(deadline));
            }
            steps.run("jobs", jobs::close);
            steps.run("node", () -> store.hot().nodes().retire(id));
            steps.run("signal", store.signal()::close);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        steps.refuseDisorder();
    }

    /// @param deadline by [System#nanoTime]
    private void drain(long deadline) throws InterruptedException {
        boolean idle = delivery.delivery().drain(Duration.ofNanos(deadline - System.nanoTime()));
        LOG.info("drained idle={}", idle);
    }
}

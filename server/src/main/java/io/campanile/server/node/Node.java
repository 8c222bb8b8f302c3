package io.campanile.server.node;

import io.campanile.application.access.Authenticate;
import io.campanile.application.delivery.NodeLease;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.operation.KeepStore;
import io.campanile.application.operation.WatchNode;
import io.campanile.application.store.ChangeTopic;
import io.campanile.application.trigger.Intake;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.grpc.GrpcServer;
import io.campanile.server.settings.Settings;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A running node. Starts from the database upwards and stops in the opposite order: no new calls,
/// what is in hand-over ends, the rest goes back to the queue, the database last.
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /// What recording and giving back may take after the drain deadline.
    private static final Duration MOST_LATE = Duration.ofSeconds(5);

    private final Settings settings;
    private final NodeDatabase database;
    private final StorePorts store;
    private final Surroundings surroundings;
    private final NodeId id;
    private final NodeLease lease;
    private final CampaignWiring campaigns;
    private final DeliveryWiring delivery;
    private final Authenticate authenticate;
    private final Intake intake;
    private final WatchNode watch;
    private final NodeJobs jobs;
    private final ApiWiring api;
    private @Nullable GrpcServer grpc;

    /// Wires a node on a database that is prepared; it does nothing yet.
    private Node(Settings settings, NodeDatabase database, Prepared prepared) {
        this.settings = settings;
        this.database = database;
        this.store = prepared.store();
        this.surroundings = prepared.surroundings();
        this.id = prepared.id();
        this.lease =
                new NodeLease(
                        id,
                        store.leases(),
                        store.hot().nodes(),
                        settings.nodeLease(),
                        System::nanoTime);
        this.campaigns = new CampaignWiring(store, prepared.changes(), prepared.time().clock());
        var people = new PeopleWiring(store, prepared.changes(), prepared.keys());
        var bounceRule = new BounceRule(settings.softBounces());
        this.delivery =
                new DeliveryWiring(prepared, campaigns.snapshots(), people.profiles(), bounceRule);
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
        this.jobs = new NodeJobs(settings, prepared, campaigns, people, delivery);
        this.api = new ApiWiring(prepared, authenticate, campaigns, people, delivery, bounceRule);
    }

    private Intake intake() {
        return new Intake(
                id,
                store.hot().intake(),
                delivery.strays(),
                surroundings.clock(),
                settings.intakeCapacity(),
                Runtime.getRuntime().maxMemory() / 8);
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
                .ifPresent(CertificateWatch::refuseInvalid);
        NodeDatabase database = NodeDatabase.open(settings);
        try {
            return new Node(settings, database, Prepared.prepare(settings, database));
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
            HealthProbe health = new Health(store.hot().nodes(), lease, intake).probe();
            grpc = api.listen(settings.grpc(), intake, watch, health::isHealthy);
        }
        if (settings.delivers()) {
            deliver();
        }
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

    /// Everything but calls and delivery.
    private void keep() {
        if (database.isExclusive()) {
            lease.takeOverAll();
        }
        KeepStore keepStore = keepStore();
        keepStore.prepare();
        campaigns.snapshots().refresh();
        jobs.keepCurrent(lease, authenticate);
        jobs.keepHouse(keepStore);
        store.signal().start();
        store.signal().subscribe(ChangeTopic.CAMPAIGNS, delivery.revisions()::campaignsChanged);
        campaigns.snapshots().follow();
        authenticate.follow();
        intake.start();
    }

    private KeepStore keepStore() {
        var retention =
                new KeepStore.Retention(
                        settings.retention().messages(),
                        settings.retention().requests(),
                        settings.retention().auditEntries());
        return new KeepStore(store.kept(), surroundings.clock(), retention);
    }

    private void deliver() {
        delivery.delivery().start();
        delivery.claimer().start();
        jobs.deliver();
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

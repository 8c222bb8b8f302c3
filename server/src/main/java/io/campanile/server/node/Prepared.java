package io.campanile.server.node;

import io.campanile.application.access.Changes;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.secret.RotateKeys;
import io.campanile.channels.secret.SecretBox;
import io.campanile.server.settings.SecretKeys;
import io.campanile.server.settings.Settings;

/// A database that a node may run on: of the right schema and time, with the node's keys, with a
/// workspace, and with the node among its nodes.
record Prepared(
        Surroundings surroundings,
        StorePorts store,
        NodeTime time,
        NodeKeys keys,
        Changes changes,
        ManageAccess access,
        NodeId id) {
    /// Makes one of an open database, and writes the key files that the data folder lacks.
    ///
    /// @throws IllegalStateException when its schema or its clock does not fit this node
    /// @throws io.campanile.server.settings.SettingsInvalid when its keys do not
    static Prepared prepare(Settings settings, NodeDatabase database) {
        Surroundings surroundings = Surroundings.ofTheMachine();
        var store = new StorePorts(database.database());
        if (settings.migrate()) {
            database.migrate();
        } else {
            database.refuseOldSchema();
        }
        var clocks = new Clocks(surroundings.clock(), store.hot().nodes()::databaseTime);
        clocks.refuseSkew();
        NodeTime time = NodeTime.of(clocks);
        var first = new FirstStart(settings);
        boolean isNew = FirstStart.isNew(store.workspaces());
        SecretKeys secretKeys = first.secretKeys(isNew, database::secretKeyIds);
        var sealer = new SecretBox(secretKeys.keys(), secretKeys.current(), surroundings.random());
        first.refuseOtherKeys(new RotateKeys(store.secrets(), sealer).check());
        NodeKeys keys = NodeKeys.load(store, sealer, surroundings.random());
        Changes changes = store.changes(surroundings, keys.digests());
        ManageAccess access = access(store, changes, surroundings);
        if (isNew) {
            first.createWorkspace(access);
        }
        first.admitOwner(access);
        NodeId id = store.hot().nodes().register(settings.nodeLease());
        return new Prepared(surroundings, store, time, keys, changes, access, id);
    }

    private static ManageAccess access(
            StorePorts store, Changes changes, Surroundings surroundings) {
        return new ManageAccess(
                store.workspaces(),
                store.apiKeys(),
                store.auditEntries(),
                changes,
                surroundings.random());
    }
}

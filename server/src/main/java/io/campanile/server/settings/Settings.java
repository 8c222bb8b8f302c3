package io.campanile.server.settings;

import io.campanile.server.Secret;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// All settings of a node, read once and valid.
public record Settings(
        Setting.Role role,
        Grpc grpc,
        Path dataFolder,
        Optional<Database> database,
        int databaseConnections,
        boolean migrate,
        Keys keys,
        Retention retention,
        int softBounces,
        Duration nodeLease,
        int intakeCapacity,
        Duration drainDeadline,
        Setting.LogLevel logLevel) {

    /// Where the API listens.
    public record Grpc(String address, int port, Optional<Tls> tls) {}

    /// The files (PEM) that protect a port.
    public record Tls(Path certificate, Path key, Optional<Path> clientAuthorities) {}

    /// A PostgreSQL that somebody else runs.
    public record Database(String url, Optional<String> user, Optional<Secret> password) {}

    /// What was set; what was not is generated in the data folder.
    ///
    /// @param api what a client shows; a node has no use for it
    /// @param old earlier secret keys, joined by `,`
    public record Keys(
            Optional<Secret> owner,
            Optional<Secret> api,
            Optional<Secret> secret,
            Optional<Secret> old) {}

    /// How long things are kept.
    public record Retention(
            Duration messages,
            Duration requests,
            Duration auditEntries,
            Duration archivedCampaigns) {}

    public boolean answersCalls() {
        return role != Setting.Role.DELIVERY;
    }

    public boolean delivers() {
        return role != Setting.Role.API;
    }
}

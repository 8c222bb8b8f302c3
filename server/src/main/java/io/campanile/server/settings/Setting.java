package io.campanile.server.settings;

import io.campanile.server.Secret;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that can be set: as environment variable, in a settings file under the same name, or,
/// unless it is a secret, as a flag. All there are is in [#ALL]; the help of `serve` and the table
/// in the README are made from it.
///
/// @param fallback its value when nobody sets it; empty: none
/// @param description completes the sentence "Sets …"
public record Setting<T>(String name, String fallback, Form<T> form, String description) {
    public static final String PREFIX = "CAMPANILE_";

    static final Setting<Role> ROLE =
            new Setting<>(
                    "CAMPANILE_ROLE",
                    "all",
                    Form.choice(Role.class),
                    "what this node does: answer calls, deliver messages, or all of it");
    static final Setting<String> GRPC_ADDRESS =
            new Setting<>(
                    "CAMPANILE_GRPC_ADDRESS",
                    "127.0.0.1",
                    Form.matching("an IP address or host name", "[A-Za-z0-9.:_-]{1,253}"),
                    "the address the gRPC API listens on; 0.0.0.0 for every network");
    static final Setting<Integer> GRPC_PORT =
            new Setting<>(
                    "CAMPANILE_GRPC_PORT",
                    "9090",
                    Form.number(0, 65535),
                    "the port of the gRPC API; 0 picks one");
    static final Setting<Optional<Path>> TLS_CERTIFICATE =
            new Setting<>(
                    "CAMPANILE_TLS_CERTIFICATE",
                    "",
                    Form.CERTIFICATES.optional(),
                    "the certificate chain of the gRPC port; without it the port is plaintext");
    static final Setting<Optional<Path>> TLS_KEY =
            new Setting<>(
                    "CAMPANILE_TLS_KEY",
                    "",
                    Form.PRIVATE_KEY.optional(),
                    "the private key of the certificate");
    static final Setting<Optional<Path>> TLS_CLIENT_CA =
            new Setting<>(
                    "CAMPANILE_TLS_CLIENT_CA",
                    "",
                    Form.CERTIFICATES.optional(),
                    "the authorities that must have signed every client's certificate (mTLS)");
    static final Setting<Path> DATA_DIR =
            new Setting<>(
                    "CAMPANILE_DATA_DIR",
                    "./data",
                    Form.FOLDER,
                    "the folder of generated keys and of the embedded PostgreSQL");
    static final Setting<Optional<String>> DATABASE_URL =
            new Setting<>(
                    "CAMPANILE_DATABASE_URL",
                    "",
                    Form.DATABASE_URL.optional(),
                    "the PostgreSQL (15 or newer) to use; without it the node brings its own");
    static final Setting<Optional<String>> DATABASE_USER =
            new Setting<>(
                    "CAMPANILE_DATABASE_USER",
                    "",
                    Form.TEXT.optional(),
                    "the user to sign in to the database with");
    static final Setting<Optional<Secret>> DATABASE_PASSWORD =
            new Setting<>(
                    "CAMPANILE_DATABASE_PASSWORD",
                    "",
                    Form.SECRET.optional(),
                    "the password of that user");
    static final Setting<Integer> DATABASE_CONNECTIONS =
            new Setting<>(
                    "CAMPANILE_DATABASE_CONNECTIONS",
                    "22",
                    Form.number(22, 200),
                    "how many connections to the database this node keeps at most, besides one"
                            + " that listens for changes and one for its lease");
    static final Setting<Boolean> MIGRATE =
            new Setting<>(
                    "CAMPANILE_MIGRATE",
                    "true",
                    Form.SWITCH,
                    "whether `serve` brings the database's schema up to date first");
    static final Setting<Optional<Secret>> OWNER_KEY =
            new Setting<>(
                    "CAMPANILE_OWNER_KEY",
                    "",
                    Form.API_KEY.optional(),
                    "an owner key of workspace `default`, made one at the start unless it is;"
                        + " without it one is generated with the workspace and written to owner.key"
                        + " in the data folder");
    static final Setting<Optional<Secret>> API_KEY =
            new Setting<>(
                    "CAMPANILE_API_KEY",
                    "",
                    Form.API_KEY.optional(),
                    "the key that `call`, `status`, `suppressions` and `allowed` show to a server;"
                            + " without it, on this machine, the owner key");
    static final Setting<Optional<Secret>> SECRET_KEY =
            new Setting<>(
                    "CAMPANILE_SECRET_KEY",
                    "",
                    Form.secret("an id, `:` and 32 bytes in base64", SecretKeys.ONE).optional(),
                    "what credentials, sensitive context and the keys of the database are encrypted"
                        + " with (AES-256); without it one is generated and written to secret.key"
                        + " in the data folder");
    static final Setting<Optional<Secret>> OLD_SECRET_KEYS =
            new Setting<>(
                    "CAMPANILE_OLD_SECRET_KEYS",
                    "",
                    Form.secret(
                                    "keys as in CAMPANILE_SECRET_KEY, joined by `,`",
                                    SecretKeys.SEVERAL)
                            .optional(),
                    "earlier keys, until what they encrypted is encrypted anew");
    static final Setting<Duration> MESSAGE_RETENTION =
            new Setting<>(
                    "CAMPANILE_MESSAGE_RETENTION",
                    "90d",
                    Form.duration("7d", "400d"),
                    "how long messages and executions are kept from their trigger on, and a week"
                            + " from when they settled, and never shorter than request ids are"
                            + " remembered");
    static final Setting<Duration> REQUEST_RETENTION =
            new Setting<>(
                    "CAMPANILE_REQUEST_RETENTION",
                    "7d",
                    Form.duration("7d", "90d"),
                    "how long a request id is remembered");
    static final Setting<Duration> AUDIT_RETENTION =
            new Setting<>(
                    "CAMPANILE_AUDIT_RETENTION",
                    "730d",
                    Form.duration("1d", "3650d"),
                    "how long audit entries are kept");
    static final Setting<Duration> ARCHIVE_RETENTION =
            new Setting<>(
                    "CAMPANILE_ARCHIVE_RETENTION",
                    "30d",
                    Form.duration("1d", "3650d"),
                    "how long archived campaigns are kept, and never shorter than their messages");
    static final Setting<Integer> SOFT_BOUNCES =
            new Setting<>(
                    "CAMPANILE_SOFT_BOUNCES",
                    "5",
                    Form.number(1, 100),
                    "how many soft bounces, a day or more apart, put an address on the suppression"
                            + " list");
    static final Setting<Duration> NODE_LEASE =
            new Setting<>(
                    "CAMPANILE_NODE_LEASE",
                    "10s",
                    Form.duration("2s", "5m"),
                    "how long after its last sign of life a node's messages go to other nodes");
    static final Setting<Integer> INTAKE_CAPACITY =
            new Setting<>(
                    "CAMPANILE_INTAKE_CAPACITY",
                    "4096",
                    Form.number(64, 65536),
                    "how many triggers may wait for their commit before others are refused, as they"
                            + " are when those take up an eighth of the heap");
    static final Setting<Duration> DRAIN_DEADLINE =
            new Setting<>(
                    "CAMPANILE_DRAIN_DEADLINE",
                    "30s",
                    Form.duration("1s", "30m"),
                    "how long a node that was told to stop finishes what it has begun");
    static final Setting<LogLevel> LOG_LEVEL =
            new Setting<>(
                    "CAMPANILE_LOG_LEVEL",
                    "info",
                    Form.choice(LogLevel.class),
                    "what is logged to standard error");
    static final Setting<Optional<Path>> CONFIG_FILE =
            new Setting<>(
                    "CAMPANILE_CONFIG_FILE",
                    "",
                    Form.FILE.optional(),
                    "a Java properties file with settings under these names; the environment and"
                            + " flags win over it");

    public static final List<Setting<?>> ALL =
            List.of(
                    ROLE,
                    GRPC_ADDRESS,
                    GRPC_PORT,
                    TLS_CERTIFICATE,
                    TLS_KEY,
                    TLS_CLIENT_CA,
                    DATA_DIR,
                    DATABASE_URL,
                    DATABASE_USER,
                    DATABASE_PASSWORD,
                    DATABASE_CONNECTIONS,
                    MIGRATE,
                    OWNER_KEY,
                    API_KEY,
                    SECRET_KEY,
                    OLD_SECRET_KEYS,
                    MESSAGE_RETENTION,
                    REQUEST_RETENTION,
                    AUDIT_RETENTION,
                    ARCHIVE_RETENTION,
                    SOFT_BOUNCES,
                    NODE_LEASE,
                    INTAKE_CAPACITY,
                    DRAIN_DEADLINE,
                    LOG_LEVEL,
                    CONFIG_FILE);

    /// What a node does.
    public enum Role {
        ALL,
        API,
        DELIVERY
    }

    /// How much is logged.
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /// Its flag, such as `--grpc-port`.
    public String flag() {
        return "--" + name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean secret() {
        return form.secret();
    }

    /// What its value looks like.
    public String formText() {
        return form.text();
    }
}

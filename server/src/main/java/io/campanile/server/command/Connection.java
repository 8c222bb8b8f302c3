package io.campanile.server.command;

import io.campanile.server.Secret;
import io.campanile.server.call.ApiClient;
import io.campanile.server.call.CallFailed;
import io.campanile.server.settings.PemFile;
import io.campanile.server.settings.Settings;
import io.campanile.server.settings.SettingsReader;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where to call and with which key. Without options: the server that would be started with the
/// same settings, with its owner key. That key opens everything there, so that no other machine
/// gets it unless it is named; nor does any get a key unencrypted by itself.
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "The server. Default: CAMPANILE_GRPC_ADDRESS and CAMPANILE_GRPC_PORT.")
    private @Nullable String server;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "A file with an API key. Default: CAMPANILE_API_KEY; else, for a server on this"
                            + " machine, CAMPANILE_OWNER_KEY, else owner.key in"
                            + " CAMPANILE_DATA_DIR.")
    private @Nullable Path keyFile;

    @Option(
            names = "--tls",
            description = "Call over TLS and trust the authorities that this machine trusts.")
    private boolean encrypted;

    @Option(
            names = "--plaintext",
            description =
                    "Call without TLS, whoever may read along. Default for a server on this machine"
                            + " only.")
    private boolean plaintext;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Call over TLS and trust the authorities in this file (PEM) only.")
    private @Nullable Path authorities;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "The certificate (PEM) to show to a server that wants one (mTLS).")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The private key (PEM, PKCS #8) of that certificate.")
    private @Nullable Path certificateKey;

    ApiClient open() {
        Settings settings = SettingsReader.read(Map.of(), System.getenv());
        LogLevels.set(settings.logLevel());
        return open(settings);
    }

    ApiClient open(Settings settings) {
        checkOptions();
        refuseToGuess(settings.grpc());
        refuseToTellOthers(settings.grpc());
        String target = server == null ? address(settings.grpc()) : server;
        Optional<Secret> key = key(settings);
        try {
            Optional<ApiClient.Tls> tls = tls();
            return tls.isPresent()
                    ? ApiClient.tls(target, tls.get(), key)
                    : ApiClient.plaintext(target, key);
        } catch (PemFile.OtherKeyForm e) {
            throw CallFailed.misused(
                    "--tls-key must be a file with an RSA or EC private key (PEM, PKCS #8): "
                            + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            throw CallFailed.misused(
                    "--tls-ca, --tls-certificate and --tls-key must be PEM files of certificates"
                            + " and of a key that go together");
        }
    }

    private void checkOptions() {
        boolean tls = encrypted || authorities != null;
        if ((certificate == null) != (certificateKey == null)) {
            throw CallFailed.misused("--tls-certificate and --tls-key need each other");
        }
        if (!tls && certificate != null) {
            throw CallFailed.misused("--tls-certificate is of no use without --tls or --tls-ca");
        }
        if (tls && plaintext) {
            throw CallFailed.misused("--plaintext goes with neither --tls nor --tls-ca");
        }
    }

    /// The server of these settings speaks TLS, with a certificate for names that they do not have.
    private void refuseToGuess(Settings.Grpc grpc) {
        if (server == null && !saysHow() && grpc.tls().isPresent()) {
            throw CallFailed.misused(
                    "the server of these settings speaks TLS: call --server NAME:%d, by a name of its certificate, with --tls or --tls-ca"
                            .formatted(grpc.port()));
        }
    }

    private void refuseToTellOthers(Settings.Grpc grpc) {
        if (isElsewhere(grpc) && !saysHow()) {
            throw CallFailed.misused(
                    "whoever is on the way to another machine could read the key: call with --tls"
                            + " or --tls-ca, or say --plaintext");
        }
    }

    /// Whether somebody has said if the call is to be encrypted.
    private boolean saysHow() {
        return encrypted || plaintext || authorities != null;
    }

    /// Settings may be those of a server on another machine, too.
    private boolean isElsewhere(Settings.Grpc grpc) {
        return server == null ? !Loopback.isReachedAt(grpc.address()) : !Loopback.isHostOf(server);
    }

    private Optional<ApiClient.Tls> tls() {
        Optional<ApiClient.Certificate> own =
                certificate == null || certificateKey == null
                        ? Optional.empty()
                        : Optional.of(
                                new ApiClient.Certificate(
                                        PemFile.withCertificates(certificate),
                                        PemFile.withPrivateKey(certificateKey)));
        // gRPC would take a file without certificates, and then trust nobody.
        Optional<Path> trusted = Optional.ofNullable(authorities).map(PemFile::withCertificates);
        return encrypted || trusted.isPresent()
                ? Optional.of(new ApiClient.Tls(trusted, own))
                : Optional.empty();
    }

    private static String address(Settings.Grpc grpc) {
        String host =
                switch (grpc.address()) {
                    case "0.0.0.0", "::" -> "127.0.0.1";
                    case String address when address.contains(":") -> "[" + address + "]";
                    case String address -> address;
                };
        return host + ":" + grpc.port();
    }

    /// The key to show; empty when there is none to be found.
    Optional<Secret> key(Settings settings) {
        Optional<Secret> named = settings.keys().api();
        boolean elsewhere = isElsewhere(settings.grpc());
        Optional<Secret> set = elsewhere ? named : named.or(() -> settings.keys().owner());
        if (keyFile == null && set.isPresent()) {
            return set;
        }
        if (keyFile == null && elsewhere) {
            throw CallFailed.misused(
                    "another machine gets no owner key of this one by itself: name the key to show"
                            + " by --key-file or CAMPANILE_API_KEY");
        }
        Path file = keyFile == null ? settings.dataFolder().resolve("owner.key") : keyFile;
        if (keyFile == null && !Files.exists(file)) {
            LOG.warn(
                    "there is no key to show: none is set, and none to be seen in file={}",
                    file.toAbsolutePath().normalize());
            return Optional.empty();
        }
        try {
            return Optional.of(new Secret(Files.readString(file).strip()));
        } catch (IOException | IllegalArgumentException e) {
            throw CallFailed.misused(file + " holds no key that can be read");
        }
    }
}

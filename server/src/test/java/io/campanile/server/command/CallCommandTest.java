package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.testing.PemCertificate;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.GetWorkspaceRequest;
import io.campanile.v1.Workspace;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What people are told when they call a server that they do not reach.
class CallCommandTest {
    private static PemCertificate certificate;
    private static PemCertificate expired;
    private static PemCertificate other;

    @TempDir private static Path folder;
    private final StringWriter err = new StringWriter();
    private String target = "";

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificate = PemCertificate.make(folder, "server");
        other = PemCertificate.make(folder, "other");
        expired = PemCertificate.makeExpired(folder, "expired", "server");
    }

    @BeforeEach
    void haveAKey() throws IOException {
        Files.writeString(folder.resolve("mine"), "cmp_mine");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        Server gone = listen(InsecureServerCredentials.create());
        gone.shutdownNow().awaitTermination();

        assertThat(call())
                .isEqualTo(
                        "UNAVAILABLE: nobody listens on %s: is the server running?"
                                .formatted(target));
    }

    @Test
    void saysThatTheCertificateHasExpired() throws IOException {
        answering(
                tls(expired),
                "UNAVAILABLE: the certificate of %s has expired",
                "--tls-ca=" + certificate.file());
    }

    @Test
    void saysThatNobodySignedTheCertificateWhoIsTrusted() throws IOException {
        answering(
                tls(certificate),
                "UNAVAILABLE: the certificate of %s is signed by nobody who is trusted here: name"
                        + " the authority by --tls-ca",
                "--tls-ca=" + other.file());
    }

    @Test
    void saysThatAServerDoesNotSpeakTls() throws IOException {
        answering(
                InsecureServerCredentials.create(),
                "UNAVAILABLE: %s does not speak TLS: say --plaintext",
                "--tls");
    }

    @Test
    void saysThatAServerMaySpeakTls() throws IOException {
        answering(
                tls(certificate),
                "UNAVAILABLE: %s closed the connection: if it speaks TLS, say --tls or --tls-ca");
    }

    @Test
    void saysThatAServerWantsACertificate() throws IOException {
        var wanting =
                TlsServerCredentials.newBuilder()
                        .keyManager(certificate.file().toFile(), certificate.key().toFile())
                        .trustManager(certificate.file().toFile())
                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                        .build();

        answering(
                wanting,
                "UNAVAILABLE: %s wants a certificate that it trusts: show it by --tls-certificate"
                        + " and --tls-key",
                "--tls-ca=" + certificate.file());
    }

    @Test
    void saysHowToWaitLonger() throws IOException {
        Server silent =
                Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                        .addService(new Silent())
                        .build()
                        .start();
        target = "127.0.0.1:" + silent.getPort();
        try {
            assertThat(call("--timeout=1"))
                    .startsWith("DEADLINE_EXCEEDED: ")
                    .endsWith("  give it more time by --timeout SECONDS");
        } finally {
            silent.shutdownNow();
        }
    }

    /// Takes calls and answers none.
    private static final class Silent extends AccessServiceGrpc.AccessServiceImplBase {
        @Override
        public void getWorkspace(GetWorkspaceRequest request, StreamObserver<Workspace> observer) {}
    }

    private void answering(ServerCredentials credentials, String text, String... options)
            throws IOException {
        Server server = listen(credentials);
        try {
            assertThat(call(options)).isEqualTo(text.formatted(target));
        } finally {
            server.shutdownNow();
        }
    }

    private Server listen(ServerCredentials credentials) throws IOException {
        Server server = Grpc.newServerBuilderForPort(0, credentials).build().start();
        target = "127.0.0.1:" + server.getPort();
        return server;
    }

    private static ServerCredentials tls(PemCertificate shown) throws IOException {
        return TlsServerCredentials.create(shown.file().toFile(), shown.key().toFile());
    }

    private String call(String... options) {
        var arguments = new ArrayList<>(List.of("call", "GetWorkspace"));
        arguments.addAll(List.of("--server=" + target, "--key-file=" + folder.resolve("mine")));
        arguments.addAll(List.of(options));
        int exitCode =
                Campanile.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments.toArray(String[]::new));
        assertThat(exitCode).isEqualTo(1);
        return err.toString().strip();
    }
}

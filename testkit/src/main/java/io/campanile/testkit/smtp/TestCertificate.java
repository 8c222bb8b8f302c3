package io.campanile.testkit.smtp;

import io.campanile.testkit.smtp.SmtpServerOptions.Certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate that nobody signed, made once per JVM by the JDK's keytool, so that no private key
/// lies in the repository.
public final class TestCertificate {
    private static final String PASSWORD = "only-for-tests";
    private static final String ALIAS = "server";
    private static final Map<Certificate, TestCertificate> MADE = new ConcurrentHashMap<>();

    private final KeyStore store;

    private TestCertificate(KeyStore store) {
        this.store = store;
    }

    /// Made when first asked for: keytool takes a second.
    public static TestCertificate of(Certificate certificate) {
        return MADE.computeIfAbsent(
                certificate,
                whom ->
                        switch (whom) {
                            case LOCALHOST -> make("dns:localhost,ip:127.0.0.1");
                            case ADDRESS_ONLY -> make("ip:127.0.0.1");
                        });
    }

    /// The certificate, for whoever is to trust it.
    public String pem() {
        try {
            byte[] encoded = store.getCertificate(ALIAS).getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLContext serverContext() {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestCertificate make(String names) {
        try {
            Path folder = Files.createTempDirectory("campanile-certificate");
            Path file = folder.resolve("server.p12");
            try {
                keytool(names, file);
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(
                        new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD.toCharArray());
                return new TestCertificate(store);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(String names, Path file) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        // As any program that soon ends: half the time without optimising it.
                        "-J-XX:TieredStopAtLevel=1",
                        "-J-XX:+UseSerialGC",
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=for tests",
                        "-ext",
                        "SAN=" + names,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString());
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            throw new IllegalStateException("keytool made no certificate: " + said);
        }
    }
}

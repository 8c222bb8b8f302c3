package io.campanile.testkit.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate for `localhost` and 127.0.0.1 that nobody signed, made once per JVM by the JDK's
/// keytool, so that no private key lies in the repository.
public final class TestCertificate {
    private static final String PASSWORD = "only-for-tests";

    private TestCertificate() {}

    /// The certificate, for whoever is to trust it.
    public static String pem() {
        return Made.PEM;
    }

    static SSLContext serverContext() {
        return Made.CONTEXT;
    }

    /// Made when first needed: keytool takes a second.
    private static final class Made {
        private static final KeyStore STORE = make();
        private static final SSLContext CONTEXT = context();
        private static final String PEM = encode();

        private static KeyStore make() {
            try {
                Path folder = Files.createTempDirectory("campanile-certificate");
                Path file = folder.resolve("localhost.p12");
                try {
                    keytool(file);
                    KeyStore store = KeyStore.getInstance("PKCS12");
                    store.load(
                            new ByteArrayInputStream(Files.readAllBytes(file)),
                            PASSWORD.toCharArray());
                    return store;
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

        private static void keytool(Path file) throws IOException {
            Process keytool =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "keytool")
                                            .toString(),
                                    "-genkeypair",
                                    "-alias",
                                    "localhost",
                                    "-keyalg",
                                    "EC",
                                    "-groupname",
                                    "secp256r1",
                                    "-dname",
                                    "CN=localhost",
                                    "-ext",
                                    "SAN=dns:localhost,ip:127.0.0.1",
                                    "-validity",
                                    "30",
                                    "-storetype",
                                    "PKCS12",
                                    "-storepass",
                                    PASSWORD,
                                    "-keystore",
                                    file.toString())
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!Files.exists(file)) {
                throw new IllegalStateException("keytool made no certificate: " + said);
            }
        }

        private static SSLContext context() {
            try {
                var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(STORE, PASSWORD.toCharArray());
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String encode() {
            try {
                byte[] encoded = STORE.getCertificate("localhost").getEncoded();
                return "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                        + "\n-----END CERTIFICATE-----\n";
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

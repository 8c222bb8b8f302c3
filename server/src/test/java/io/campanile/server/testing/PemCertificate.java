package io.campanile.server.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A certificate for 127.0.0.1 that nobody but itself signed, and its private key, as PEM files.
/// Made by the JDK's keytool, so that no private key lies in the repository.
///
/// @param file the certificate, also for whoever is to trust it
public record PemCertificate(Path file, Path key) {
    private static final String PASSWORD = "only-for-tests";

    /// Makes one in the folder.
    public static PemCertificate make(Path folder, String name) throws IOException {
        Path store = folder.resolve(name + ".p12");
        keytool(name, store);
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD.toCharArray());
            byte[] certificate = keys.getCertificate(name).getEncoded();
            byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
            return new PemCertificate(
                    pem(folder.resolve(name + ".pem"), "CERTIFICATE", certificate),
                    pem(folder.resolve(name + ".key"), "PRIVATE KEY", key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(String name, Path store) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair"));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
        command.addAll(List.of("-ext", "SAN=ip:127.0.0.1", "-dname", "CN=" + name));
        command.addAll(List.of("-alias", name, "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(store)) {
            throw new IllegalStateException("keytool made no certificate: " + said);
        }
    }

    private static Path pem(Path file, String type, byte[] encoded) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(
                file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64));
    }
}

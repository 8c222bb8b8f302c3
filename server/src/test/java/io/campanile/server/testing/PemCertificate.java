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
    private static final String ALIAS = "only";

    /// Makes one in the folder.
    public static PemCertificate make(Path folder, String name) throws IOException {
        generate(folder, name, "-validity", "30");
        return written(folder, name);
    }

    /// Makes one that ended ten days ago.
    public static PemCertificate makeExpired(Path folder, String name) throws IOException {
        generate(folder, name, "-startdate", "-40d", "-validity", "30");
        return written(folder, name);
    }

    /// Makes one that ended ten days ago and is signed by another of the folder: whoever trusts a
    /// certificate itself does not ask when it ends.
    public static PemCertificate makeExpired(Path folder, String name, String authority)
            throws IOException {
        generate(folder, name, "-validity", "30");
        PemCertificate own = written(folder, name);
        Path request = folder.resolve(name + ".csr");
        keytool(request, "-certreq", store(folder, name), "-file", request.toString());
        Path signed = folder.resolve(name + "-signed.pem");
        keytool(
                signed,
                "-gencert",
                store(folder, authority),
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-rfc",
                "-startdate",
                "-40d",
                "-validity",
                "30",
                "-ext",
                "SAN=ip:127.0.0.1");
        return new PemCertificate(signed, own.key());
    }

    private static void generate(Path folder, String name, String... validity) throws IOException {
        var options = new ArrayList<>(List.of(validity));
        options.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        options.addAll(List.of("-ext", "bc:c", "-ext", "SAN=ip:127.0.0.1", "-dname", "CN=" + name));
        Path store = store(folder, name);
        keytool(store, "-genkeypair", store, options.toArray(String[]::new));
    }

    private static PemCertificate written(Path folder, String name) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            byte[] store = Files.readAllBytes(store(folder, name));
            keys.load(new ByteArrayInputStream(store), PASSWORD.toCharArray());
            byte[] certificate = keys.getCertificate(ALIAS).getEncoded();
            byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
            return new PemCertificate(
                    pem(folder.resolve(name + ".pem"), "CERTIFICATE", certificate),
                    pem(folder.resolve(name + ".key"), "PRIVATE KEY", key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path store(Path folder, String name) {
        return folder.resolve(name + ".p12");
    }

    private static void keytool(Path made, String what, Path store, String... options)
            throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        // As any program that soon ends: half the time without optimising it.
        var command =
                new ArrayList<>(
                        List.of(
                                keytool.toString(),
                                "-J-XX:TieredStopAtLevel=1",
                                "-J-XX:+UseSerialGC",
                                what));
        command.addAll(List.of("-alias", ALIAS, "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(made)) {
            throw new IllegalStateException("keytool made no certificate: " + said);
        }
    }

    private static Path pem(Path file, String type, byte[] encoded) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(
                file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64));
    }
}
